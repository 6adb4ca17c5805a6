import type {
  ReleaseAction,
  ReleasePause,
  ReleaseSummary,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryEntry } from '../facts/HistoryFact';
import { iso, ofKind } from './entriesOf';

/** How long after somebody's decision its effect is seen, in milliseconds. */
const EFFECT_MILLISECONDS = 30_000;
const SLACK_MILLISECONDS = 1_000;

const ENDS_PAUSES: readonly RolloutAction[] = [
  'promote',
  'promote-full',
  'skip-step',
  'resume',
  'abort',
];

/** The pauses, and who or what ended each. */
export function foldPauses(
  { outcome, endedAt }: Pick<ReleaseSummary, 'outcome' | 'endedAt'>,
  entries: HistoryEntry[],
): ReleasePause[] {
  const ends = ofKind(entries, 'pause-ended');
  const actions = ofKind(entries, 'action')
    .map(({ data }) => data)
    .filter(
      ({ action, outcome: did }) =>
        ENDS_PAUSES.includes(action) && did !== 'refused',
    );
  return ofKind(entries, 'pause-started').map(({ at, data }) => {
    const end = ends.find(
      ({ data: { reason, startedAt } }) =>
        reason === data.reason && startedAt === at,
    );
    const pause = { ...data, startedAt: iso(at) };
    if (end) {
      return {
        ...pause,
        endedAt: iso(end.at),
        durationSeconds: Math.max(0, (end.at - at) / 1_000),
        endedBy: end.data.byTime
          ? { kind: 'time' as const }
          : (endedBy(actions, at, end.at) ?? { kind: 'outside' as const }),
      };
    }
    if (outcome === 'in-progress' || endedAt === undefined) {
      return pause;
    }
    const over = Date.parse(endedAt);
    return {
      ...pause,
      endedAt,
      durationSeconds: Math.max(0, (over - at) / 1_000),
      endedBy: endedBy(actions, at, over) ?? { kind: 'release-end' as const },
    };
  });
}

/** The last decision before the end that can have brought it about. */
function endedBy(
  actions: ReleaseAction[],
  from: number,
  to: number,
): ReleasePause['endedBy'] {
  const found = actions.findLast(({ at }) => {
    const decided = Date.parse(at);
    return (
      decided >= from - SLACK_MILLISECONDS &&
      decided <= to + SLACK_MILLISECONDS &&
      decided >= to - EFFECT_MILLISECONDS
    );
  });
  return found && { kind: 'person', by: found.by, action: found.action };
}
