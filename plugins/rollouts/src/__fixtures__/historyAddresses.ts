import type { HistoryStateName } from './stateNames';

/** What the address says in a state of the history. */
export const HISTORY_ADDRESSES: Record<HistoryStateName, string> = {
  history: address({}),
  'history-release': address({ release: 'later-undone' }),
  'history-rolled-back': address({ release: 'red' }),
  'history-gap': address({ release: 'gap' }),
  'history-emergency': address({ release: 'hotfix' }),
  'history-filtered': address({
    since: '30d',
    outcome: 'aborted',
    image: 'red',
  }),
  'history-empty': address({}),
  'history-long': address({}),
};

function address(query: Record<string, string>): string {
  return Object.entries({ view: 'history', ...query })
    .map(([name, value]) => `rollouts[${name}]=${encodeURIComponent(value)}`)
    .join('&');
}
