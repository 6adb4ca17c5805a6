import type { LintFinding } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StrategyValue } from '../strategyField/strategyValue';
import type { FutureName } from './StatePreviewApi';
import type { StrategyStateName } from './strategyFieldStateNames';

/** What the field shows in a state, and what it is answered. */
export interface StrategyState {
  value: StrategyValue;
  future: FutureName;
  findings?: LintFinding[];
  failure?: Error;
}

const finding: LintFinding = {
  rule: 'resources-missing',
  severity: 'info',
  message: 'The container app asks for no resources.',
  fix: 'Set resources.requests, so that pods land where there is room.',
  file: 'rollout.yaml',
  line: 20,
  column: 9,
  endLine: 20,
  endColumn: 12,
  field: 'spec.template.spec.containers[0].resources',
};

export const STRATEGY_STATES: Record<StrategyStateName, StrategyState> = {
  strategy: { value: {}, future: 'standard' },
  'strategy-cautious': {
    value: { preset: 'cautious' },
    future: 'cautious',
    findings: [finding],
  },
  'strategy-blue-green': {
    value: { preset: 'blue-green' },
    future: 'blue-green',
  },
  'strategy-dark-canary': {
    value: { preset: 'dark-canary' },
    future: 'dark-canary',
  },
  'strategy-unsound': {
    value: { replicas: 5_000, weights: [10, 50, 30], pause: 'soon' },
    future: 'standard',
  },
  'strategy-error': {
    value: {},
    future: 'standard',
    failure: new Error('Request failed with 503 Service Unavailable.'),
  },
};
