import { measures } from './historyRelease';
import { historyReleases, longHistory } from './historyReleases';
import type { HistoryStateName } from './stateNames';
import { StateHistoryApi } from './StateHistoryApi';

/** What the backend has on record in a state. */
export function stateHistory(
  name: HistoryStateName | undefined,
  now: number,
): StateHistoryApi {
  switch (name) {
    case 'history-empty':
      return new StateHistoryApi(
        [],
        now,
        measures(now, {
          deployments: 0,
          deploymentsPerDay: 0,
          ended: 0,
          failed: 0,
          changeFailureRate: undefined,
          leadTime: { count: 0 },
          timeToRestore: { count: 0 },
          duration: { count: 0 },
        }),
      );
    case 'history-long':
      return new StateHistoryApi(longHistory(now, 400), now);
    default:
      return new StateHistoryApi(historyReleases(now), now);
  }
}
