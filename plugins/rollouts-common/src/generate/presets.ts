import type { RolloutDescription, RolloutPresetName } from './description';

/** A strategy to begin with. @public */
export interface RolloutPreset {
  name: RolloutPresetName;
  title: string;
  /** Whom it is for. */
  summary: string;
  description: Pick<
    RolloutDescription,
    | 'strategy'
    | 'weights'
    | 'pause'
    | 'approvals'
    | 'header'
    | 'promotion'
    | 'router'
    | 'analysis'
  >;
}

/** The first is the default of a form; `standard` that of a description. @public */
export const ROLLOUT_PRESETS: readonly RolloutPreset[] = [
  {
    name: 'standard',
    title: 'Standard',
    summary: 'Four weights, five minutes each; numbers decide.',
    description: {
      strategy: 'canary',
      weights: [10, 25, 50, 75],
      pause: '5m',
      approvals: 'none',
      analysis: { metrics: ['success-rate'], when: 'background' },
    },
  },
  {
    name: 'cautious',
    title: 'Cautious',
    summary:
      'Begins with a few users and waits for a person, then six weights of ten minutes; errors and latency decide.',
    description: {
      strategy: 'canary',
      weights: [5, 10, 20, 40, 60, 80],
      pause: '10m',
      approvals: 'first',
      analysis: { metrics: ['success-rate', 'latency'], when: 'background' },
    },
  },
  {
    name: 'fast',
    title: 'Fast',
    summary: 'Two weights of one minute; for services with much traffic.',
    description: {
      strategy: 'canary',
      weights: [20, 50],
      pause: '1m',
      approvals: 'none',
      analysis: {
        metrics: ['success-rate'],
        when: 'background',
        interval: '15s',
      },
    },
  },
  {
    name: 'blue-green',
    title: 'Blue-green',
    summary:
      'The new version starts beside the old one, is tested, and takes over at once when a person says so.',
    description: {
      strategy: 'blue-green',
      promotion: 'manual',
      analysis: { metrics: ['smoke-test', 'success-rate'] },
    },
  },
  {
    name: 'dark-canary',
    title: 'Dark canary',
    summary:
      'At first only requests with a header reach the new version; after a person has tried it, three weights follow.',
    description: {
      strategy: 'canary',
      router: 'istio',
      header: { name: 'x-canary', value: 'true' },
      weights: [10, 30, 60],
      pause: '5m',
      approvals: 'none',
      analysis: { metrics: ['success-rate'], when: 'background' },
    },
  },
];
