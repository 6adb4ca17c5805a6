import { durationText } from '../../explain/words';
import { analysed, experimented } from './analysisDifferences';
import type { Difference, Noticed } from './difference';
import { scaledText, weightText } from './eventTexts';
import type { Observation } from './observation';
import { pauseOf } from './pauses';
import { stepLabel, stepsOf, stepText } from './stepLabel';
import type { TimelineEvent } from './timeline';

const ABORTED = 'RolloutAborted: ';
const LATE = 'ProgressDeadlineExceeded: ';

const revisionOf = ({ revisions }: Observation, hash: string | undefined) =>
  revisions.find(each => each.hash === hash)?.revision ?? 0;

const started: Difference = (before, after) => {
  const { currentPodHash } = after.status;
  if (currentPodHash === before.status.currentPodHash) return [];
  const revision = revisionOf(after, currentPodHash);
  const text = `a new version: revision ${revision}`;
  return [{ kind: 'started', revision, text }];
};

const failed: Difference = (before, after) => {
  const { message = '' } = after.status;
  const isNew = (prefix: string) =>
    message.startsWith(prefix) && !before.status.message?.startsWith(prefix);
  if (isNew(ABORTED)) {
    const text = `aborted: ${message.slice(ABORTED.length)}`;
    return [{ kind: 'aborted', message, text }];
  }
  if (!isNew(LATE)) return [];
  const text = `degraded: ${message.slice(LATE.length)}`;
  return [{ kind: 'degraded', message, text }];
};

const scaled: Difference = (before, after) =>
  after.revisions.flatMap(({ hash, revision, wanted, role }): Noticed[] => {
    const from = before.revisions.find(each => each.hash === hash)?.wanted ?? 0;
    if (from === wanted) return [];
    const change = { revision, role, from, to: wanted };
    return [{ kind: 'scaled', ...change, text: scaledText(change) }];
  });

const switched: Difference = (before, after) =>
  [...after.selected].flatMap(([service, hash]): Noticed[] => {
    if (before.selected.get(service) === hash) return [];
    const revision = revisionOf(after, hash);
    const text = `service ${service} selects revision ${revision}`;
    return [{ kind: 'switched', service, revision, text }];
  });

const weighed: Difference = (before, after) => {
  const { share: from } = before;
  const { share: to } = after;
  if (from === to) return [];
  return [{ kind: 'weight', from, to, text: weightText(to) }];
};

const paused: Difference = (before, after) => {
  const was = pauseOf(before.rollout);
  const is = pauseOf(after.rollout);
  if (is && is.since !== was?.since) {
    const { reason, milliseconds } = is;
    const text =
      milliseconds === undefined
        ? `paused until somebody promotes (${reason})`
        : `paused for ${durationText(milliseconds)} (${reason})`;
    return [{ kind: 'paused', reason, milliseconds, text }];
  }
  return was && !is && !after.status.abort
    ? [{ kind: 'resumed', text: 'the pause is over' }]
    : [];
};

const stepped: Difference = (before, after) => {
  const steps = stepsOf(after.rollout);
  const isSame = before.status.currentPodHash === after.status.currentPodHash;
  const from = before.status.currentStepIndex;
  const to = after.status.currentStepIndex;
  if (from === to && isSame) return [];
  const label = (index: number) => {
    const step = steps[index];
    return step && stepLabel(step);
  };
  const noticed: Noticed[] = [];
  const [done, next] = [label(from ?? -1), label(to ?? -1)];
  if (isSame && done !== undefined && (to ?? 0) > (from ?? 0)) {
    const text = `${stepText(after.rollout, from ?? 0)} is done`;
    noticed.push({
      kind: 'stepEnded',
      step: (from ?? 0) + 1,
      label: done,
      text,
    });
  }
  if (next !== undefined && !after.status.abort) {
    const text = `${stepText(after.rollout, to ?? 0)} begins`;
    noticed.push({ kind: 'stepBegan', step: (to ?? 0) + 1, label: next, text });
  }
  return noticed;
};

const promoted: Difference = (before, after) => {
  const { stableRS, currentPodHash } = after.status;
  if (stableRS === before.status.stableRS || stableRS !== currentPodHash) {
    return [];
  }
  const revision = revisionOf(after, stableRS);
  const text = `revision ${revision} is the stable version`;
  return [{ kind: 'promoted', revision, text }];
};

/** In the order in which they are told. */
const DIFFERENCES: readonly Difference[] = [
  started,
  failed,
  analysed,
  experimented,
  weighed,
  switched,
  paused,
  stepped,
  scaled,
  promoted,
];

/**
 * What happened between two observations, whatever the strategy.
 *
 * @param origin - milliseconds since the epoch that count as 0
 */
export function eventsBetween(
  before: Observation,
  after: Observation,
  origin: number,
): TimelineEvent[] {
  const at = after.now - origin;
  return DIFFERENCES.flatMap(difference => difference(before, after)).map(
    noticed => ({ at, ...noticed }),
  );
}
