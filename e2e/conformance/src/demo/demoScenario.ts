import { spawnSync } from 'node:child_process';
import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import {
  startDataPlane,
  systemClock,
} from '@progressive-delivery/local-cluster';
import type { Bed } from '../bed/bed';
import { OBSERVED, RemoteObjects } from '../bed/remoteObjects';
import { until } from '../bed/until';
import type { Aspects } from '../compare/compareAspects';
import type { RunningController } from './demoControllers';
import { manifestsOf, resourceOf } from './demoManifests';
import { Observer } from './demoObserver';

/** The reference's label of objects that one instance of it is in charge of. */
const INSTANCE = 'argo-rollouts.argoproj.io/controller-instance-id';

const isHealthy = ({ status, metadata }: AnyObject) =>
  status?.phase === 'Healthy' &&
  Number(status.observedGeneration) === metadata.generation;

const isCurrent = ({ status }: AnyObject) =>
  status.stableRS === status.currentPodHash;

const isPausedAt =
  (step: number) =>
  ({ status }: AnyObject) =>
    status?.phase === 'Paused' && status.currentStepIndex === step;

export interface DemoOptions {
  /** The reference's instance in charge; without it no object gets a label. */
  instanceId?: string;
  startController: (prometheusUrl: string) => Promise<RunningController>;
  say: (line: string) => void;
}

/**
 * The product's own demo, driven by its manifests: blue is stable; green
 * pauses at 20 %, is promoted by hand and goes on to 100 %; red is rolled back
 * by analysis of real requests. Returns what was to be seen, by aspect.
 */
export async function runDemoScenario(
  bed: Bed,
  namespace: string,
  options: DemoOptions,
): Promise<Aspects> {
  const { client } = bed;
  await client.create(RESOURCES.namespaces, { metadata: { name: namespace } });
  const objects = await RemoteObjects.start(client, namespace, OBSERVED);
  const dataPlane = await startDataPlane({
    source: objects,
    clock: systemClock,
    log: options.say,
  });
  const observer = new Observer(objects);
  const controller = await options.startController(dataPlane.prometheusUrl);
  const rollout = () =>
    objects.store(RESOURCES.rollouts).get(namespace, 'colors');
  const reached = async (
    what: string,
    test: (rollout: AnyObject) => boolean,
  ) => {
    const waitedFor = () => {
      const { phase, message, currentStepIndex } = rollout()?.status ?? {};
      return `${namespace}: ${what}; it is ${phase} at step ${currentStepIndex}: ${message}`;
    };
    const look = () => {
      bed.processes.checkAlive();
      const seen = rollout();
      return seen !== undefined && test(seen);
    };
    await until(waitedFor, look, { seconds: 120 });
    options.say(`${namespace}: ${what}`);
    // A person needs a moment too, and each state is to be seen.
    await new Promise(resolve => setTimeout(resolve, 1500));
  };

  try {
    for (const object of manifestsOf(
      'colors',
      namespace,
      dataPlane.prometheusUrl,
    )) {
      if (options.instanceId) label(object, options.instanceId);
      await client.create(resourceOf(object), object);
    }
    await reached('blue is healthy', isHealthy);
    cli(bed, namespace, 'set', 'image', 'colors', 'colors=demo/colors:green');
    await reached('green waits at 20 %', isPausedAt(1));
    cli(bed, namespace, 'promote', 'colors');
    await reached(
      'green is at 100 %',
      seen => isHealthy(seen) && isCurrent(seen),
    );
    cli(bed, namespace, 'set', 'image', 'colors', 'colors=demo/colors:red');
    await reached('red waits at 20 %', isPausedAt(1));
    await reached(
      'red is rolled back',
      ({ status }) =>
        status.abort === true &&
        status.phase === 'Degraded' &&
        status.canary?.weights?.canary?.weight === 0,
    );
    await settled(observer);
    return observer.aspects();
  } finally {
    observer.stop();
    await controller.stop();
    await dataPlane.stop();
    await objects.stop();
  }
}

/** Until nothing more was to be seen for longer than a scale-down delay, 30 s. */
async function settled(observer: Observer) {
  let last = '';
  let since = performance.now();
  await until(
    'quiet',
    () => {
      const now = JSON.stringify(observer.aspects());
      if (now !== last) since = performance.now();
      last = now;
      return performance.now() - since > 35_000;
    },
    { seconds: 150, everyMilliseconds: 500 },
  );
}

/** The reference sees neither rollouts nor templates without the label. */
function label(object: AnyObject, instanceId: string) {
  if (!object.apiVersion?.startsWith('argoproj.io/')) return;
  object.metadata.labels = {
    ...object.metadata.labels,
    [INSTANCE]: instanceId,
  };
}

/** Both are asked by the same program: what is compared is the controllers. */
function cli(bed: Bed, namespace: string, ...args: string[]) {
  const result = spawnSync(
    bed.programs.rolloutsCli,
    [...args, '-n', namespace, '--kubeconfig', bed.kubeConfigFile],
    { encoding: 'utf8', timeout: 30_000 },
  );
  if (result.status !== 0) {
    throw new Error(`${args.join(' ')}: ${result.stderr || result.error}`);
  }
}
