/** Everything that the form field for a strategy can look like. */
export const STRATEGY_STATE_NAMES = [
  'strategy',
  'strategy-cautious',
  'strategy-blue-green',
  'strategy-dark-canary',
  'strategy-unsound',
  'strategy-error',
] as const;

export type StrategyStateName = (typeof STRATEGY_STATE_NAMES)[number];
