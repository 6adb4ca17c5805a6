import {
  type AnyObject,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import type { Answer } from '../bed/metricSource';
import { until } from '../bed/until';
import type { Action, Stage } from './scenario';

const NAME = 'app';

async function patch(
  { client, namespace, objects }: Stage,
  resource: Resource,
  name: string,
  body: unknown,
  subresource?: string,
) {
  const written = await client.patch<AnyObject>(
    resource,
    { namespace, name },
    body,
    { type: 'merge', subresource },
  );
  await objects.heardOf(resource, written);
}

/** A merge patch of any object. */
export const patchOf = (
  resource: Resource,
  name: string,
  body: unknown,
): Action => ({
  what: `patch ${resource.kind} ${name}: ${JSON.stringify(body)}`,
  take: stage => patch(stage, resource, name, body),
});

export const patchSpec = (spec: unknown, name = NAME): Action =>
  patchOf(RESOURCES.rollouts, name, { spec });

/** How long an action's effect is waited for, and how often it is tried; the reference needs it. */
const EFFECT_SECONDS = 2;
const ATTEMPTS = 4;

/** Until an effect shows, or has had its time to. */
async function patience({ namespace }: Stage, hasEffect: () => boolean) {
  const begun = performance.now();
  const isOver = () => performance.now() - begun > EFFECT_SECONDS * 1000;
  await until(namespace, () => hasEffect() || isOver());
}

/** An action that the reference's cache has lost is found when the object changes. */
async function insist(
  stage: Stage,
  act: () => Promise<void>,
  hasEffect: () => boolean,
) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const annotations = { attempt: `${attempt}` };
    if (attempt > 1) {
      await patch(stage, RESOURCES.rollouts, NAME, {
        metadata: { annotations },
      });
    }
    await act();
    await patience(stage, hasEffect);
    if (hasEffect()) return;
  }
}

const patchStatus = (
  what: string,
  status: unknown,
  hasEffect: (status: AnyObject) => boolean = () => true,
): Action => ({
  what,
  take: stage =>
    insist(
      stage,
      () => patch(stage, RESOURCES.rollouts, NAME, { status }, 'status'),
      () => hasEffect(rolloutOf(stage, NAME).status),
    ),
});

/** Changes the first container's image, and so the version. */
export const setImage = (image: string, name = NAME): Action => ({
  what: `set image ${image}`,
  take: async stage => {
    const { spec } = rolloutOf(stage, name);
    const containers = structuredClone(spec.template.spec.containers);
    containers[0].image = image;
    const template = { spec: { containers } };
    await patch(stage, RESOURCES.rollouts, name, { spec: { template } });
  },
});

export const setWorkloadImage = (
  image: string,
  resource: Resource = RESOURCES.deployments,
): Action => ({
  what: `set image ${image} of the workload`,
  take: async stage => {
    const { client, namespace } = stage;
    const workload = await client.get(resource, { namespace, name: NAME });
    const { containers } = (workload.template ?? workload.spec.template).spec;
    const changed = structuredClone(containers);
    changed[0].image = image;
    const template = { spec: { containers: changed } };
    await client.patch(
      resource,
      { namespace, name: NAME },
      workload.template ? { template } : { spec: { template } },
      { type: 'merge' },
    );
  },
});

/**
 * What the reference's CLI writes for `promote`: two writes when a person has
 * paused it. Whether the reference looks between the two decides where it goes,
 * so it is given the time to, and says that it did by `controllerPause`.
 */
export const promote: Action = {
  what: 'promote',
  take: async stage => {
    const { spec, status } = rolloutOf(stage, NAME);
    const [met] = status.pauseConditions ?? [];
    await insist(
      stage,
      async () => {
        const seen = rolloutOf(stage, NAME);
        const body = promotion(seen.spec, seen.status);
        if (!body) return;
        await patch(
          stage,
          RESOURCES.rollouts,
          NAME,
          { status: body },
          'status',
        );
      },
      () =>
        !met ||
        spec.paused ||
        hasMovedOn(status, rolloutOf(stage, NAME).status),
    );
    if (spec.paused) {
      await patience(
        stage,
        () => !met || !rolloutOf(stage, NAME).status.controllerPause,
      );
      await patch(stage, RESOURCES.rollouts, NAME, { spec: { paused: false } });
    }
  },
};

/** Another step, or the controller has taken note that it is not paused. */
function hasMovedOn(before: AnyObject, now: AnyObject): boolean {
  return (
    now.currentStepIndex !== before.currentStepIndex ||
    (!now.controllerPause && (now.pauseConditions ?? []).length === 0)
  );
}

function promotion(spec: AnyObject, status: AnyObject) {
  const steps = spec.strategy.canary?.steps?.length ?? 0;
  const next = Math.min((status.currentStepIndex ?? 0) + 1, steps);
  const isPaused = (status.pauseConditions ?? []).length > 0;
  const run = status.canary?.currentStepAnalysisRunStatus;
  if (isPaused && run?.status === 'Inconclusive' && status.controllerPause) {
    return {
      pauseConditions: null,
      controllerPause: false,
      currentStepIndex: next,
    };
  }
  if (isPaused) return { pauseConditions: null };
  return steps > 0
    ? { pauseConditions: null, currentStepIndex: next }
    : undefined;
}

export const promoteFull = patchStatus('promote in full', {
  promoteFull: true,
});
export const abort = patchStatus(
  'abort',
  { abort: true },
  ({ abort: isAborted, phase }) => isAborted && phase === 'Degraded',
);
export const clearPause = patchStatus('clear the pause', {
  pauseConditions: null,
});
export const retry = patchStatus('retry', { abort: false });
export const skipTo = (step: number) =>
  patchStatus(`skip to step ${step}`, {
    currentStepIndex: step,
    pauseConditions: null,
  });
export const pauseByHand = patchSpec({ paused: true });
export const resume = patchSpec({ paused: false });
export const scale = (replicas: number): Action => ({
  what: `scale to ${replicas}`,
  take: stage =>
    patch(stage, RESOURCES.rollouts, NAME, { spec: { replicas } }, 'scale'),
});
/** All pods are older than this moment. */
export const restart: Action = {
  what: 'restart',
  take: stage =>
    patch(stage, RESOURCES.rollouts, NAME, {
      spec: { restartAt: new Date().toISOString().replace(/\.\d+Z/, 'Z') },
    }),
};

export const setMetric = (series: string, answer: Answer): Action => ({
  what: `${series} answers ${JSON.stringify(answer)}`,
  take: async stage => stage.setMetric(series, answer),
});

export const create = (object: AnyObject): Action => ({
  what: `create ${object.kind} ${object.metadata.name}`,
  take: stage => stage.create(object),
});

export const remove = (resource: Resource, name: string): Action => ({
  what: `delete ${resource.kind} ${name}`,
  take: async ({ client, namespace }) => {
    await client.delete(resource, { namespace, name });
  },
});

/** Ends the analysis run, or the experiment, that runs now. */
export const terminate = (
  resource: Resource = RESOURCES.analysisRuns,
): Action => ({
  what: `terminate the ${resource.kind}`,
  take: async stage => {
    const running = stage.objects
      .list(resource)
      .find(({ status }) => ['Running', 'Pending'].includes(status?.phase));
    if (!running) throw new Error(`No ${resource.kind} is running`);
    await patch(stage, resource, running.metadata.name, {
      spec: { terminate: true },
    });
  },
});

export const killController: Action = {
  what: 'kill the controller',
  take: stage => stage.killController(),
};

export const startController: Action = {
  what: 'start the controller again',
  take: stage => stage.startController(),
};

function rolloutOf({ objects, namespace }: Stage, name: string): AnyObject {
  const rollout = objects.get(RESOURCES.rollouts, name);
  if (!rollout) throw new Error(`There is no rollout ${name} in ${namespace}`);
  return rollout;
}
