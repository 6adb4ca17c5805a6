import {
  type AnyObject,
  KubeApiError,
  type KubeClient,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import type { ClusterObjects } from '../bed/clusterObjects';
import type { MetricSource } from '../bed/metricSource';
import { ROUTER_KINDS } from '../bed/routerKinds';
import { until } from '../bed/until';
import type { Aspects } from '../compare/compareAspects';
import { Observer } from '../observe/observer';
import type { Act, Scenario, Stage } from '../scenarios/scenario';
import type { RunningController } from './controllers';

/** The reference's label of objects that one instance of it is in charge of. */
const INSTANCE = 'argo-rollouts.argoproj.io/controller-instance-id';

/** How long nothing moves before an act; seconds. */
const STILL = 0.7;
/** The same where pods are missing: perhaps they only start slowly; milliseconds. */
const INCOMPLETE = 2500;
/** Milliseconds. */
const NEVER_STILL = 6000;
/**
 * The reference puts what it has written into its own cache, also over
 * something newer that came meanwhile. That is lost to it until the object
 * changes again: after this time it is made to change. Milliseconds.
 */
const LOST = 8000;
/** How long the end is waited for; seconds. */
const NO_END = 40;

/** A cluster, and who is in charge on it. */
export interface World {
  /** Begins the names of its namespaces. */
  name: string;
  client: KubeClient;
  objects: ClusterObjects;
  metrics: MetricSource;
  /** The instance that is in charge of the objects labelled with it. */
  instanceId: string;
  /** Each scenario has a controller of its own, which sees its namespace only. */
  ownControllers?: boolean;
  startController(
    instanceId: string,
    namespace?: string,
  ): Promise<RunningController>;
  checkAlive(): void;
}

export function namespaceOf(world: World, { name }: Scenario): string {
  return `${world.name}-${name.replaceAll('/', '-')}`.slice(0, 63);
}

/**
 * Plays a scenario in a namespace of its own and returns what was to be seen.
 * @throws Error when a milestone is not reached in time.
 */
export async function playScenario(
  world: World,
  scenario: Scenario,
): Promise<Aspects> {
  const namespace = namespaceOf(world, scenario);
  const { client } = world;
  await client.create(RESOURCES.namespaces, { metadata: { name: namespace } });
  for (const [series, answer] of Object.entries(scenario.metrics ?? {})) {
    world.metrics.set(namespace, series, answer);
  }
  const observer = new Observer(namespace, world.objects.in(namespace));
  const { stage, stopController } = await setStage(world, scenario, namespace);
  try {
    for (const object of scenario.objects) {
      await createOf(scenario, stage, observer, object);
    }
    for (const [index, act] of scenario.acts.entries()) {
      await perform(world, stage, observer, act, index + 1);
    }
    await quiet(observer, scenario.quietSeconds ?? 4);
    await touchRollouts(stage, performance.now());
    observer.expectChange();
    await quiet(observer, 2.5);
    if (observer.quietFor > 2500) observer.noteRest('the end');
    else observer.note('Rest', 'never');
    return observer.aspects();
  } finally {
    observer.stop();
    await stopController();
    await client.delete(RESOURCES.namespaces, { name: namespace });
  }
}

async function createOf(
  { refusedByServer }: Scenario,
  stage: Stage,
  observer: Observer,
  object: AnyObject,
) {
  try {
    await stage.create(object);
  } catch (error) {
    const isRefusal = error instanceof KubeApiError && error.status === 422;
    if (!isRefusal || refusedByServer !== 'allowed') throw error;
    observer.note(
      `${object.kind} ${object.metadata.name}`,
      'refused by the API server',
    );
  }
}

async function setStage(world: World, scenario: Scenario, namespace: string) {
  const isOwn = world.ownControllers || scenario.ownController;
  const instanceId = isOwn ? namespace : world.instanceId;
  const start = () =>
    world.startController(
      instanceId,
      scenario.clusterWide ? undefined : namespace,
    );
  let controller = isOwn ? await start() : undefined;
  const stage: Stage = {
    client: world.client,
    namespace,
    objects: world.objects.in(namespace),
    setMetric: (series, answer) => world.metrics.set(namespace, series, answer),
    async killController() {
      await controller?.kill();
      controller = undefined;
    },
    async startController() {
      controller ??= await start();
    },
    async create(object) {
      const filled = fill(object, world, namespace, instanceId);
      await world.client.create(resourceOf(filled), filled);
    },
  };
  return { stage, stopController: async () => controller?.kill() };
}

async function perform(
  world: World,
  stage: Stage,
  observer: Observer,
  { at, take }: Act,
  number: number,
) {
  const rest = (at.restSeconds ?? STILL) * 1000;
  let reachedAt: number | undefined;
  let touchedAt = performance.now();
  const isDue = async () => {
    world.checkAlive();
    if (performance.now() - touchedAt > LOST) {
      touchedAt = performance.now();
      await touchRollouts(stage, touchedAt);
    }
    const reached = at.reached(stage);
    if (reached) reachedAt ??= performance.now();
    if (at.atOnce || reachedAt === undefined) return reached;
    // What is reached for a moment only, or never rests, is reached as well.
    if (performance.now() - reachedAt > NEVER_STILL) return true;
    const enough = observer.isComplete ? rest : Math.max(rest, INCOMPLETE);
    return reached && observer.quietFor > enough;
  };
  await until(
    () => `${stage.namespace}: ${at.what}; ${inWords(stage)}`,
    isDue,
    { seconds: at.patienceSeconds ?? 60, everyMilliseconds: 50 },
  );
  // Where nothing is done it is no more than a moment of looking.
  if (take.length > 0 && !at.atOnce && observer.quietFor > rest) {
    observer.noteRest(`${number}. ${at.what}`);
  }
  for (const action of take) {
    try {
      await action.take(stage);
    } catch (error) {
      throw new Error(`${stage.namespace}: ${action.what}: ${error}`);
    }
  }
  observer.expectChange();
}

async function quiet(observer: Observer, seconds: number) {
  const begun = performance.now();
  const isOver = () => performance.now() - begun > NO_END * 1000;
  const isQuiet = () => observer.quietFor > seconds * 1000;
  await until('the end', () => isQuiet() || isOver(), { seconds: NO_END * 2 });
}

async function touchRollouts(
  { client, namespace, objects }: Stage,
  moment: number,
) {
  for (const { metadata } of objects.list(RESOURCES.rollouts)) {
    await client.patch(
      RESOURCES.rollouts,
      { namespace, name: metadata.name },
      { metadata: { annotations: { touched: `${moment}` } } },
      { type: 'merge' },
    );
  }
}

function inWords({ objects }: Stage): string {
  return objects
    .list(RESOURCES.rollouts)
    .map(
      ({ metadata, status }) =>
        `${metadata.name} is ${status?.phase} at step ${status?.currentStepIndex}: ${status?.message}`,
    )
    .join(', ');
}

function fill(
  object: AnyObject,
  { metrics }: World,
  namespace: string,
  instanceId: string,
): AnyObject {
  const text = JSON.stringify(object)
    .replaceAll('${metrics}', `${metrics.origin}/${namespace}`)
    .replaceAll('${namespace}', namespace);
  const filled = JSON.parse(text) as AnyObject;
  const { namespaced } = resourceOf(filled);
  if (namespaced) filled.metadata.namespace = namespace;
  // The reference sees neither rollouts nor templates without the label.
  if (filled.apiVersion?.startsWith('argoproj.io/')) {
    filled.metadata.labels = {
      [INSTANCE]: instanceId,
      ...filled.metadata.labels,
    };
  }
  return filled;
}

const MORE_KINDS: Resource[] = [
  {
    group: '',
    version: 'v1',
    kind: 'PodTemplate',
    plural: 'podtemplates',
    namespaced: true,
  },
];

function resourceOf({ apiVersion, kind }: AnyObject): Resource {
  const [group, version] = apiVersion!.includes('/')
    ? apiVersion!.split('/')
    : ['', apiVersion];
  const known = [
    ...Object.values<Resource>(RESOURCES),
    ...Object.values<Resource>(ROUTER_KINDS),
    ...MORE_KINDS,
  ].find(resource => resource.kind === kind && resource.group === group);
  if (!known) throw new Error(`No scenario can create a ${apiVersion} ${kind}`);
  return { ...known, version: version! };
}
