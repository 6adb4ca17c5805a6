import {
  rolloutPhase,
  type AnalysisPhase,
  type AnalysisRun,
  type AnalysisTemplate,
  type KubeObject,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Gauge, type GaugeConfiguration, type Registry } from 'prom-client';
import { isDryRun } from '../analysis/plan/metricRules';
import { withMetricNames } from '../analysis/plan/namedMetrics';
import { providerTitle } from './providerTitle';

/** What these series are read from when they are asked for. */
export interface PhaseSource {
  rollouts: () => Rollout[];
  analysisRuns: () => AnalysisRun[];
  /** Of the namespaces, and of the cluster. */
  analysisTemplates: () => AnalysisTemplate[];
}

const NAMED = ['namespace', 'name'] as const;
const ROLLOUT_PHASES = [
  'Completed',
  'Paused',
  'Timeout',
  'Error',
  'Abort',
  'Progressing',
] as const;
const ANALYSIS_PHASES: AnalysisPhase[] = [
  'Pending',
  'Error',
  'Failed',
  'Successful',
  'Running',
  'Inconclusive',
];

function named({ metadata }: KubeObject) {
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

/** The phase by the words that `rollout_phase` has had before there was one. */
function oldPhase(rollout: Rollout): (typeof ROLLOUT_PHASES)[number] {
  const { status } = rollout;
  const progressing = status?.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  if (status?.conditions?.some(({ type }) => type === 'InvalidSpec')) {
    return 'Error';
  }
  if (status?.abort) return 'Abort';
  if (progressing?.reason === 'ProgressDeadlineExceeded') return 'Timeout';
  switch (rolloutPhase(rollout).phase) {
    case 'Healthy':
      return 'Completed';
    case 'Paused':
      return 'Paused';
    default:
      return 'Progressing';
  }
}

function define<T extends string>(
  configuration: GaugeConfiguration<T> & {
    series: () => { labels: Record<T, string>; value: number }[];
  },
) {
  const { series, ...gauge } = configuration;
  return new Gauge<T>({
    ...gauge,
    collect() {
      this.reset();
      for (const { labels, value } of series()) {
        this.set(labels as Partial<Record<T, string>>, value);
      }
    },
  });
}

const isOne = (holds: boolean) => (holds ? 1 : 0);

/**
 * One series for each phase that an object may have, 1 for that which it has.
 * Names and words: Argo Rollouts, features/controller-metrics.md.
 */
export function definePhaseMetrics(registry: Registry, source: PhaseSource) {
  const registers = [registry];
  define({
    name: 'rollout_phase',
    help: 'Information on the state of the rollout (DEPRECATED - use rollout_info)',
    labelNames: [...NAMED, 'strategy', 'phase'] as const,
    registers,
    series: () =>
      source.rollouts().flatMap(rollout => {
        const now = oldPhase(rollout);
        const strategy = rollout.spec?.strategy?.blueGreen
          ? 'blueGreen'
          : 'canary';
        return ROLLOUT_PHASES.map(phase => ({
          labels: { ...named(rollout), strategy, phase },
          value: isOne(phase === now),
        }));
      }),
  });
  define({
    name: 'analysis_run_phase',
    help: 'Information on the state of the Analysis Run (DEPRECATED - use analysis_run_info)',
    labelNames: [...NAMED, 'phase'] as const,
    registers,
    series: () =>
      source.analysisRuns().flatMap(run =>
        ANALYSIS_PHASES.map(phase => ({
          labels: { ...named(run), phase },
          value: isOne(phase === (run.status?.phase ?? 'Pending')),
        })),
      ),
  });
  define({
    name: 'analysis_run_metric_phase',
    help: 'Information on the duration of a specific metric in the Analysis Run',
    labelNames: [...NAMED, 'metric', 'type', 'dry_run', 'phase'] as const,
    registers,
    series: () =>
      source.analysisRuns().flatMap(run =>
        (withMetricNames(run).spec?.metrics ?? []).flatMap(metric => {
          const result = run.status?.metricResults?.find(
            ({ name }) => name === metric.name,
          );
          return ANALYSIS_PHASES.map(phase => ({
            labels: {
              ...named(run),
              metric: metric.name,
              type: providerTitle(metric),
              dry_run: String(isDryRun(run.spec, metric.name)),
              phase,
            },
            value: isOne(phase === (result?.phase ?? 'Pending')),
          }));
        }),
      ),
  });
  define({
    name: 'analysis_template_info',
    help: 'Information about analysis templates.',
    labelNames: NAMED,
    registers,
    series: () =>
      source
        .analysisTemplates()
        .map(template => ({ labels: named(template), value: 1 })),
  });
  define({
    name: 'analysis_template_metric_info',
    help: 'Information on metrics in analysis templates.',
    labelNames: [...NAMED, 'type', 'metric'] as const,
    registers,
    series: () =>
      source.analysisTemplates().flatMap(template =>
        (template.spec?.metrics ?? []).map(metric => ({
          labels: {
            ...named(template),
            type: providerTitle(metric),
            metric: metric.name,
          },
          value: 1,
        })),
      ),
  });
}
