import type {
  GeneratedAnalysis,
  GeneratedRouter,
  RolloutDescription,
} from './description';
import { ROLLOUT_PRESETS } from './presets';

/** An analysis in which nothing is left open. @public */
export type CompleteAnalysis = Required<GeneratedAnalysis>;

/** A description in which nothing is left open. @public */
export interface CompleteDescription extends Required<
  Omit<RolloutDescription, 'namespace' | 'header' | 'analysis' | 'host'>
> {
  namespace?: string;
  header?: { name: string; value: string };
  host: string;
  analysis: CompleteAnalysis | 'none';
}

function completeAnalysis(
  own: GeneratedAnalysis,
  router: GeneratedRouter,
): CompleteAnalysis {
  return {
    metrics: ['success-rate'],
    when: 'background',
    prometheus: 'http://prometheus.monitoring:9090',
    dialect: router === 'istio' ? 'istio' : 'http',
    successRate: 0.95,
    latencyMilliseconds: 500,
    interval: '30s',
    count: 5,
    failureLimit: 1,
    smokePath: '/',
    ...own,
  };
}

/** Fields that are left out do not count as given. */
function given<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, of]) => of !== undefined),
  ) as T;
}

/** Fills in what a description leaves open: from its preset, then by default. @public */
export function completeDescription(
  description: RolloutDescription,
): CompleteDescription {
  const { preset = 'standard', analysis, ...own } = given(description);
  const base =
    ROLLOUT_PRESETS.find(each => each.name === preset)?.description ?? {};
  const { analysis: usual, ...rest } = base;
  const merged = {
    replicas: 3,
    port: 8080,
    readinessPath: '/',
    labels: {},
    host: own.name,
    router: 'none' as const,
    gateway: 'gateway',
    strategy: 'canary' as const,
    weights: [],
    pause: '5m',
    approvals: 'none' as const,
    promotion: 'manual' as const,
    ...rest,
    ...own,
    preset,
  };
  const isOther = merged.strategy !== base.strategy;
  const start = usual === 'none' || usual === undefined || isOther ? {} : usual;
  return {
    ...merged,
    analysis:
      analysis === 'none' || (analysis === undefined && usual === 'none')
        ? 'none'
        : completeAnalysis(
            { ...start, ...given(analysis ?? {}) },
            merged.router,
          ),
  };
}
