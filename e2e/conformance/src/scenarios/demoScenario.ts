import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type AnyObject,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import {
  startDataPlane,
  systemClock,
} from '@progressive-delivery/local-cluster';
import { parseAllDocuments } from 'yaml';
import type { Bed } from '../bed/bed';
import { OBSERVED, RemoteObjects } from '../bed/remoteObjects';
import { until } from '../bed/until';
import { Observer } from './observer';

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

/**
 * The product's own demo, driven by its manifests: blue is stable; green
 * pauses at 20 %, is promoted by hand and goes on to 100 %; red is rolled back
 * by analysis of real requests. Returns what was to be seen, by aspect.
 */
export async function runDemoScenario(
  bed: Bed,
  namespace: string,
  options: { instanceId?: string; say: (line: string) => void },
): Promise<Record<string, string[]>> {
  const { client } = bed;
  await client.create(RESOURCES.namespaces, { metadata: { name: namespace } });
  const objects = await RemoteObjects.start(client, namespace, OBSERVED);
  const dataPlane = await startDataPlane({
    source: objects,
    clock: systemClock,
    log: options.say,
  });
  const observer = new Observer(objects);
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
  };

  try {
    await create(bed, manifests(namespace, dataPlane.prometheusUrl), options);
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
    await dataPlane.stop();
    await objects.stop();
  }
}

/**
 * The reference calls a rollout invalid whose services and templates its
 * caches do not have yet, and looks again only minutes later. A person who
 * applies them by hand is slower than that, and so is this.
 */
async function create(
  bed: Bed,
  objects: AnyObject[],
  { instanceId }: { instanceId?: string },
) {
  for (const object of objects) {
    if (object.kind === 'Rollout') {
      await new Promise(resolve => setTimeout(resolve, 2000));
    }
    if (instanceId) label(object, instanceId);
    await bed.client.create(resourceOf(object), object);
  }
}

/** Until nothing more was to be seen for a while: a scale-down delay is 30 s. */
async function settled(observer: Observer) {
  let last = '';
  let since = performance.now();
  await until(
    'quiet',
    () => {
      const now = JSON.stringify(observer.aspects());
      if (now !== last) since = performance.now();
      last = now;
      return performance.now() - since > 8000;
    },
    { seconds: 90, everyMilliseconds: 500 },
  );
}

function manifests(namespace: string, prometheus: string): AnyObject[] {
  const file = join(__dirname, '../../../../demo/manifests/colors.yaml');
  const text = readFileSync(file, 'utf8').replace('${prometheus}', prometheus);
  const objects = parseAllDocuments(text).map(document => {
    const object = document.toJS() as AnyObject;
    object.metadata.namespace = namespace;
    return object;
  });
  // What the rollout refers to comes before it: see `create`.
  return objects.sort(
    (a, b) => Number(a.kind === 'Rollout') - Number(b.kind === 'Rollout'),
  );
}

function label(object: AnyObject, instanceId: string) {
  if (object.kind !== 'Rollout') return;
  object.metadata.labels = {
    ...object.metadata.labels,
    [INSTANCE]: instanceId,
  };
}

function resourceOf({ apiVersion, kind }: AnyObject): Resource {
  const [group, version] = apiVersion!.includes('/')
    ? apiVersion!.split('/')
    : ['', apiVersion];
  const known = Object.values(RESOURCES).find(
    resource => resource.kind === kind && resource.group === group,
  );
  if (!known)
    throw new Error(`The demo has a ${kind}, which is not known here`);
  return { ...known, version: version! };
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
