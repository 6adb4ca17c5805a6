import type {
  Release,
  ReleaseAction,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryEntry } from '../facts/HistoryFact';
import { STARTING } from '../store/ReleaseRecord';
import { iso, ofKind } from './entriesOf';
import { foldPauses } from './foldPauses';
import { foldRequests } from './foldRequests';
import { foldSteps } from './foldSteps';

/**
 * One release, whole, from what its chain says.
 *
 * @param entries - all entries of the release, in the order of the chain
 */
export function foldRelease(
  summary: ReleaseSummary,
  entries: HistoryEntry[],
  previous: string | undefined,
): Release {
  const own = entries.filter(({ releaseId }) => releaseId === summary.id);
  const first = own[0];
  const last = own.at(-1);
  return {
    ...summary,
    steps: foldSteps(summary, entries),
    weights: ofKind(entries, 'weight').map(({ at, data }) => ({
      at: iso(at),
      ...data,
    })),
    pauses: foldPauses(summary, entries),
    analysisRuns: ofKind(entries, 'analysis-finished').map(
      ({ data }) => data.run,
    ),
    requests: foldRequests(entries),
    actions: ofKind(entries, 'action')
      .map(({ data }) => data)
      .filter(action => !beginsNext(action, summary))
      .sort((a, b) => a.at.localeCompare(b.at)),
    notes: ofKind(entries, 'note').map(({ at, data }) => ({
      at: iso(at),
      ...data,
    })),
    gapsIn: ofKind(entries, 'gap').map(({ data }) => data),
    previous,
    chain: {
      stream: last?.stream ?? '',
      first: first?.seq ?? 0,
      last: last?.seq ?? 0,
      hash: last?.hash ?? '',
    },
  };
}

/** An action after the end that set another release off is told there. */
function beginsNext(
  { action, at }: ReleaseAction,
  { endedAt }: ReleaseSummary,
): boolean {
  return STARTING.has(action) && endedAt !== undefined && at > endedAt;
}
