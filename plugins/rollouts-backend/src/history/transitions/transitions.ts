import { createHash } from 'node:crypto';
import type { HistoryFact } from '../facts/HistoryFact';
import { isOlder } from '../observe/isOlder';
import type { Observation } from '../observe/Observation';
import { Draft } from './Draft';
import { endOf, restoredData } from './endOf';
import { followAnalyses } from './followAnalyses';
import { followPauses } from './followPauses';
import { followSteps } from './followSteps';
import { followWeights } from './followWeights';
import type { CurrentRelease, StreamState } from './StreamState';
import { withOutcome } from './withOutcome';

const SEEN_HASHES = 20;

/** What is to be recorded, and what is known once it is. */
export interface Transition {
  facts: HistoryFact[];
  state: StreamState;
}

/**
 * What has happened to a rollout between what is on record and what is seen
 * now. Nothing is made up: what came and went in between has no facts.
 */
export function transitions(
  state: StreamState,
  observation: Observation,
): Transition {
  if (isOlder(observation.resourceVersion, state.resourceVersion)) {
    return { facts: [], state };
  }
  const facts: HistoryFact[] = [];
  const next = observation.gone
    ? deleted(state, observation, facts)
    : follow(state, observation, facts);
  return {
    facts,
    state:
      facts.length > 0
        ? {
            ...withOutcome(next, state.release, facts),
            resourceVersion: observation.resourceVersion,
          }
        : state,
  };
}

function deleted(
  state: StreamState,
  observation: Observation,
  facts: HistoryFact[],
): StreamState {
  const { release } = state;
  if (!release || release.ended) {
    return state;
  }
  const draft = new Draft(release, observation, facts);
  addGap(draft);
  endOf(draft, 'deleted', observation.at);
  return { ...state, release: draft.release };
}

function follow(
  state: StreamState,
  observation: Observation,
  facts: HistoryFact[],
): StreamState {
  // A controller that has not looked yet has not begun anything.
  if (observation.podHash === '') {
    return state;
  }
  const { release } = state;
  if (!release) {
    return begin(state, observation, facts, 1);
  }
  if (release.podHash === observation.podHash) {
    const retried =
      release.ended === 'aborted' && !release.withdrawn && !observation.aborted;
    return retried
      ? begin(state, observation, facts, release.attempt + 1)
      : { ...state, release: goOn(release, observation, facts) };
  }
  if (release.withdrawn) {
    // It was over when the manifest went back; what comes now is new.
    return begin(state, observation, facts, 1);
  }
  const replaced = replace(release, observation, facts);
  return replaced.withdrawn
    ? { ...state, release: replaced }
    : begin({ ...state, release: replaced }, observation, facts, 1);
}

/** Another version than that of the release is the current one now. */
function replace(
  release: CurrentRelease,
  observation: Observation,
  facts: HistoryFact[],
): CurrentRelease {
  const { at, podHash, stableHash } = observation;
  const draft = new Draft(release, observation, facts);
  const completed = stableHash === release.podHash;
  const withdrawn =
    !completed &&
    release.ended !== 'completed' &&
    podHash === stableHash &&
    release.stableHash === podHash;
  if (!release.ended) {
    addGap(draft);
    endOf(draft, completed ? 'completed' : 'superseded', at);
  }
  if (withdrawn) {
    draft.add('note', draft.release.counts.notes++, at, {
      severity: 'info',
      text: 'The manifest was set back to the stable revision.',
    });
    draft.release = { ...draft.release, podHash, withdrawn };
  }
  return draft.release;
}

function begin(
  state: StreamState,
  observation: Observation,
  facts: HistoryFact[],
  attempt: number,
): StreamState {
  const { at, podHash, stableHash, gap } = observation;
  const created = attempt === 1 ? observation.createdAt : undefined;
  const startedAt = Math.min(created ?? at, at);
  const previous = state.release;
  const rollbackTo =
    attempt > 1
      ? undefined
      : (observation.rollbackTo ??
        state.seen.findLast(([hash]) => hash === podHash)?.[1]);
  const draft = new Draft(
    {
      id: releaseId(observation, state.releases + 1),
      podHash,
      stableHash,
      attempt,
      startedAt,
      pass: 0,
      stepsHash: observation.stepsHash,
      counts: { weights: 0, notes: 0, entities: 0 },
      pauses: [],
      runs: attempt > 1 ? (previous?.runs ?? {}) : {},
      entityRefs: observation.entityRefs,
    },
    observation,
    facts,
  );
  const observed = gap === undefined || created !== undefined;
  if (!observed) {
    draft.release.begunUnobserved = true;
  }
  const { id } = draft.release;
  if (previous?.ended === 'completed' && rollbackTo !== undefined) {
    new Draft(previous, observation, facts).add('rolled-back', 0, startedAt, {
      by: id,
    });
    draft.release.takesBack = previous.id;
  }
  const { cluster, namespace, name, uid, entityRefs, kubernetesId } =
    observation;
  draft.add('release-started', 0, startedAt, {
    ...{ cluster, namespace, name, uid, entityRefs, kubernetesId },
    ...{ podHash, attempt, rollbackTo },
    revision: observation.revision,
    strategy: observation.strategy,
    router: observation.router,
    images: observation.images,
    steps: observation.steps,
    committedAt: observation.committedAt,
    observed,
  });
  addGap(draft);
  const over = podHash === stableHash;
  if (over && gap) {
    endOf(draft, 'unobserved', at);
  } else {
    draft.release = goOn(draft.release, observation, facts);
  }
  return {
    ...state,
    releases: state.releases + 1,
    release: draft.release,
    seen: [
      ...state.seen,
      [podHash, observation.revision] as [string, number | undefined],
    ].slice(-SEEN_HASHES),
  };
}

/** The same release as before, somewhat further. */
function goOn(
  release: CurrentRelease,
  observation: Observation,
  facts: HistoryFact[],
): CurrentRelease {
  const draft = new Draft(release, observation, facts);
  const before = facts.length;
  followEntities(draft);
  if (release.withdrawn || release.ended === 'unobserved') {
    return draft.release;
  }
  if (!release.ended) {
    followSteps(draft);
    followPauses(draft);
    followTrouble(draft);
  }
  followAnalyses(draft);
  followWeights(draft);
  const { at, podHash, stableHash, aborted, abortedAt } = observation;
  if (!draft.release.ended) {
    if (podHash === stableHash) {
      endOf(draft, 'completed', at);
    } else if (aborted) {
      endOf(draft, 'aborted', Math.min(abortedAt ?? at, at));
    }
  }
  if (
    draft.release.ended === 'aborted' &&
    !draft.release.restored &&
    observation.weights.actual === 0
  ) {
    draft.add('restored', 0, at, restoredData(observation.gap === undefined));
    draft.release.restored = true;
  }
  // A gap in which nothing was missed need not be told.
  const isNew = facts[before - 1]?.kind === 'gap';
  if (facts.length > before && !isNew) {
    addGap(draft);
  }
  return draft.release;
}

function followEntities(draft: Draft): void {
  const { release, observation } = draft;
  const { entityRefs } = observation;
  const known = release.entityRefs.length > 0;
  if (
    entityRefs.length > 0 &&
    (!release.ended || !known) &&
    entityRefs.join() !== release.entityRefs.join()
  ) {
    draft.add('entities', release.counts.entities++, observation.at, {
      entityRefs,
    });
    release.entityRefs = entityRefs;
  }
}

function followTrouble(draft: Draft): void {
  const { release, observation } = draft;
  const { trouble } = observation;
  if (trouble !== undefined && trouble !== release.trouble) {
    draft.add('note', release.counts.notes++, observation.at, {
      severity: 'error',
      text: trouble,
    });
  }
  release.trouble = trouble;
}

function addGap(draft: Draft): void {
  const { gap, at } = draft.observation;
  if (gap) {
    draft.add('gap', gap.from ?? 'first', at, gap);
  }
}

function releaseId({ cluster, uid }: Observation, ordinal: number): string {
  return (
    createHash('sha256')
      .update(JSON.stringify([cluster, uid, ordinal]))
      // Not base64url: a spreadsheet takes what begins with "-" for a formula.
      .digest('hex')
      .slice(0, 32)
  );
}
