import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import { HASH_LABEL } from '../observe/entry';
import type { Milestone, Stage } from './scenario';

const NAME = 'app';

function rolloutOf({ objects }: Stage, name: string): AnyObject | undefined {
  return objects.get(RESOURCES.rollouts, name);
}

/** The status is about the spec as it is now. */
function isObserved({ metadata, status }: AnyObject): boolean {
  return Number(status?.observedGeneration) === metadata.generation;
}

/** A condition of a rollout's observed status. */
export function rolloutIs(
  what: string,
  test: (rollout: AnyObject, stage: Stage) => boolean,
  name = NAME,
): Milestone {
  return {
    what: `${name} ${what}`,
    reached: stage => {
      const rollout = rolloutOf(stage, name);
      return (
        rollout !== undefined && isObserved(rollout) && test(rollout, stage)
      );
    },
  };
}

const revisionOf = ({ metadata }: AnyObject) =>
  Number(metadata.annotations?.['rollout.argoproj.io/revision']);

const ofRevision = (revision?: number) =>
  revision === undefined ? '' : ` of revision ${revision}`;

export const begun: Milestone = {
  what: 'all objects exist',
  reached: () => true,
  // Nothing has begun to move yet.
  atOnce: true,
};

export const healthy = (revision = 1, name = NAME) =>
  rolloutIs(
    `healthy at revision ${revision}`,
    rollout =>
      rollout.status.phase === 'Healthy' &&
      revisionOf(rollout) === revision &&
      rollout.status.stableRS === rollout.status.currentPodHash,
    name,
  );

/** The status is about the pods of this revision. */
const isAbout = ({ objects }: Stage, { status }: AnyObject, revision: number) =>
  objects
    .list(RESOURCES.replicaSets)
    .some(
      replicaSet =>
        revisionOf(replicaSet) === revision &&
        replicaSet.metadata.labels?.[HASH_LABEL] === status.currentPodHash,
    );

/** @param revision - the update that is paused; any when left out */
export const pausedAt = (step: number, revision?: number) =>
  rolloutIs(
    `paused at step ${step}${ofRevision(revision)}`,
    (rollout, stage) =>
      rollout.status.phase === 'Paused' &&
      rollout.status.currentStepIndex === step &&
      (revision === undefined || isAbout(stage, rollout, revision)),
  );

export const paused = (revision?: number) =>
  rolloutIs(
    'paused',
    rollout =>
      rollout.status.phase === 'Paused' &&
      (revision === undefined || revisionOf(rollout) === revision),
  );

/**
 * Nothing is under way any more, and it is about this revision.
 * @param mayBeAborted - an abort is an end, too
 */
export const settled = (revision: number, mayBeAborted = true) =>
  rolloutIs(
    `paused, healthy or degraded at revision ${revision}`,
    (rollout, stage) =>
      rollout.status.phase !== 'Progressing' &&
      (mayBeAborted || !rollout.status.abort) &&
      isAbout(stage, rollout, revision),
  );

export const stepIs = (step: number) =>
  rolloutIs(
    `at step ${step}`,
    ({ status }) =>
      status.currentStepIndex === step &&
      status.stableRS !== status.currentPodHash,
  );

export const degraded = rolloutIs(
  'degraded',
  ({ status }) => status.phase === 'Degraded',
);

export const aborted = rolloutIs(
  'aborted',
  ({ status }) => status.abort === true && status.phase === 'Degraded',
);

/** InvalidSpec or the like: nobody has to have observed the generation. */
export const refused: Milestone = {
  what: 'app refused',
  reached: stage =>
    (rolloutOf(stage, NAME)?.status?.conditions ?? []).some(
      ({ type }: { type: string }) => type === 'InvalidSpec',
    ),
};

export const progressingTo = (revision: number) =>
  rolloutIs(
    `progressing to revision ${revision}`,
    rollout =>
      revisionOf(rollout) === revision &&
      rollout.status.phase === 'Progressing',
  );

/** Pods of the newest version exist. */
export const newPods = (revision: number, count = 1): Milestone => ({
  what: `${count} pods of revision ${revision}`,
  reached: ({ objects }) => {
    const hashes = objects
      .list(RESOURCES.replicaSets)
      .filter(replicaSet => revisionOf(replicaSet) === revision)
      .map(({ metadata }) => metadata.labels?.[HASH_LABEL]);
    return (
      objects
        .list(RESOURCES.pods)
        .filter(({ metadata }) =>
          hashes.includes(metadata.labels?.[HASH_LABEL]),
        ).length >= count
    );
  },
});

/** An analysis run has this phase; one of that type and that update, if they are named. */
export const analysisRun = (
  phase: string,
  type?: string,
  revision?: number,
): Milestone => ({
  what: `${type ?? 'an'} analysis run ${phase}${ofRevision(revision)}`,
  reached: ({ objects }) =>
    objects
      .list(RESOURCES.analysisRuns)
      .some(
        run =>
          run.status?.phase === phase &&
          (type === undefined ||
            run.metadata.labels?.['rollout-type'] === type) &&
          (revision === undefined || revisionOf(run) === revision),
      ),
});

export const experiment = (phase: string, revision?: number): Milestone => ({
  what: `an experiment ${phase}${ofRevision(revision)}`,
  reached: ({ objects }) =>
    objects
      .list(RESOURCES.experiments)
      .some(
        one =>
          one.status?.phase === phase &&
          (revision === undefined || revisionOf(one) === revision),
      ),
});

/** The pods of every experiment are gone: they stay for half a minute after its end. */
export const experimentPodsGone: Milestone = {
  what: 'the pods of experiments are gone',
  reached: ({ objects }) =>
    objects
      .list(RESOURCES.replicaSets)
      .filter(({ metadata }) =>
        metadata.ownerReferences?.some(({ kind }) => kind === 'Experiment'),
      )
      .every(
        ({ spec, status }) =>
          spec.replicas === 0 && (status?.replicas ?? 0) === 0,
      ),
};

/** Any object as it is observed. */
export const observed = (
  what: string,
  reached: (stage: Stage) => boolean,
): Milestone => ({ what, reached });

/** The same milestone, acted on while everything still moves. */
export const atOnce = (milestone: Milestone): Milestone => ({
  ...milestone,
  atOnce: true,
});

/** The same milestone, when nothing has moved for a while. */
export const rested = (milestone: Milestone, restSeconds = 3): Milestone => ({
  ...milestone,
  restSeconds,
});
