import {
  rolloutPhase,
  type Experiment,
  type KubeObject,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  type GaugeConfiguration,
} from 'prom-client';
import type { Clock } from '@progressive-delivery/kube';
import { definePhaseMetrics, type PhaseSource } from './phaseMetrics';
import { providerTitle } from './providerTitle';
import { QueueMetrics } from './queueMetrics';
import { trafficRouterLabel } from './trafficRouterLabel';
import type { WorkKind } from './triggers';

/** What the metrics are read from when they are asked for. */
export interface MetricsSource extends PhaseSource {
  experiments: () => Experiment[];
  /** Keys that wait. */
  queueLength: () => number;
}

/** Those that the reference's `experiment_phase` has. */
const EXPERIMENT_PHASES = [
  'Pending',
  'Error',
  'Successful',
  'Running',
  'Inconclusive',
] as const;

const RECONCILE_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5];
const NAMED = ['namespace', 'name'] as const;

/** The registry keeps it; nobody else has to. */
function defineGauge<T extends string>(configuration: GaugeConfiguration<T>) {
  return new Gauge(configuration);
}

function named({ metadata }: KubeObject) {
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

/**
 * Metrics of one controller, named as the reference names its own where it
 * has them (features/controller-metrics.md).
 */
export class ControllerMetrics {
  readonly registry = new Registry();
  readonly #source: MetricsSource;
  readonly #reconciles;
  readonly #errors;
  readonly #writes;
  readonly #events;

  readonly queue: QueueMetrics;

  constructor(source: MetricsSource, clock: Pick<Clock, 'monotonic'>) {
    this.#source = source;
    const registers = [this.registry];
    const timed = (kind: string, name: string) =>
      new Histogram({
        name: `${name}_reconcile`,
        help: `${kind} reconciliation performance.`,
        labelNames: NAMED,
        buckets: RECONCILE_BUCKETS,
        registers,
      });
    const failed = (kind: string, name: string) =>
      new Counter({
        name: `${name}_reconcile_error`,
        help: `Error occurring during the ${kind}.`,
        labelNames: NAMED,
        registers,
      });
    this.#reconciles = {
      rollout: timed('Rollout', 'rollout'),
      analysis: timed('Analysis Run', 'analysis_run'),
      experiment: timed('Experiments', 'experiment'),
      service: timed('Service', 'service'),
    };
    this.#errors = {
      rollout: failed('rollout', 'rollout'),
      analysis: failed('analysis run', 'analysis_run'),
      experiment: failed('experiment', 'experiment'),
      service: failed('service', 'service'),
    };
    this.#writes = new Counter({
      name: 'controller_clientset_k8s_request_total',
      help: 'Number of kubernetes requests executed during reconciliation.',
      labelNames: ['kind', 'verb'] as const,
      registers,
    });
    this.#events = new Counter({
      name: 'rollout_events_total',
      help: 'Count of rollout events.',
      labelNames: [...NAMED, 'type', 'reason'] as const,
      registers,
    });
    this.#defineRollouts(registers);
    this.#defineAnalysisRuns(registers);
    this.#defineExperiments(registers);
    definePhaseMetrics(this.registry, source);
    this.queue = new QueueMetrics({
      registry: this.registry,
      clock,
      queueLength: source.queueLength,
    });
  }

  reconciled(
    kind: WorkKind,
    object: { namespace: string; name: string },
    seconds: number,
    isError: boolean,
  ) {
    this.#reconciles[kind].observe(object, seconds);
    if (isError) this.#errors[kind].inc(object);
  }

  wrote(verb: string, kind: string) {
    this.#writes.inc({ verb, kind });
  }

  recorded(
    object: { namespace: string; name: string },
    event: { type: string; reason: string },
  ) {
    this.#events.inc({ ...object, type: event.type, reason: event.reason });
  }

  /** An object is gone: so are its series. */
  forget(kind: WorkKind, object: { namespace: string; name: string }) {
    this.#reconciles[kind].remove(object);
    this.#errors[kind].remove(object);
  }

  #defineRollouts(registers: Registry[]) {
    const source = this.#source;
    defineGauge({
      name: 'rollout_info',
      help: 'Information about rollout.',
      labelNames: [...NAMED, 'strategy', 'traffic_router', 'phase'] as const,
      registers,
      collect() {
        this.reset();
        for (const rollout of source.rollouts()) {
          const { blueGreen } = rollout.spec?.strategy ?? {};
          this.set(
            {
              ...named(rollout),
              strategy: blueGreen ? 'blueGreen' : 'canary',
              traffic_router: trafficRouterLabel(rollout),
              phase: rolloutPhase(rollout).phase,
            },
            1,
          );
        }
      },
    });
    const replicas: [string, string, (rollout: Rollout) => number][] = [
      [
        'available',
        'available',
        ({ status }) => status?.availableReplicas ?? 0,
      ],
      [
        'unavailable',
        'unavailable',
        ({ status }) =>
          Math.max(
            0,
            (status?.replicas ?? 0) - (status?.availableReplicas ?? 0),
          ),
      ],
      ['desired', 'desired', ({ spec }) => spec?.replicas ?? 1],
      ['updated', 'updated', ({ status }) => status?.updatedReplicas ?? 0],
    ];
    for (const [suffix, word, value] of replicas) {
      defineGauge({
        name: `rollout_info_replicas_${suffix}`,
        help: `The number of ${word} replicas per rollout.`,
        labelNames: NAMED,
        registers,
        collect() {
          this.reset();
          for (const rollout of source.rollouts()) {
            this.set(named(rollout), value(rollout));
          }
        },
      });
    }
  }

  #defineAnalysisRuns(registers: Registry[]) {
    const source = this.#source;
    defineGauge({
      name: 'analysis_run_info',
      help: 'Information about analysis run.',
      labelNames: [...NAMED, 'phase'] as const,
      registers,
      collect() {
        this.reset();
        for (const run of source.analysisRuns()) {
          this.set({ ...named(run), phase: run.status?.phase ?? 'Pending' }, 1);
        }
      },
    });
    defineGauge({
      name: 'analysis_run_metric_type',
      help: 'Information on the type of a specific metric in the Analysis Runs.',
      labelNames: [...NAMED, 'metric', 'type'] as const,
      registers,
      collect() {
        this.reset();
        for (const run of source.analysisRuns()) {
          for (const metric of run.spec?.metrics ?? []) {
            this.set(
              {
                ...named(run),
                metric: metric.name,
                type: providerTitle(metric),
              },
              1,
            );
          }
        }
      },
    });
  }

  #defineExperiments(registers: Registry[]) {
    const source = this.#source;
    defineGauge({
      name: 'experiment_info',
      help: 'Information about Experiment.',
      labelNames: [...NAMED, 'phase'] as const,
      registers,
      collect() {
        this.reset();
        for (const experiment of source.experiments()) {
          const { phase = 'Pending' } = experiment.status ?? {};
          this.set({ ...named(experiment), phase }, 1);
        }
      },
    });
    defineGauge({
      name: 'experiment_phase',
      help: 'Information on the state of the experiment (DEPRECATED - use experiment_info)',
      labelNames: [...NAMED, 'phase'] as const,
      registers,
      collect() {
        this.reset();
        for (const experiment of source.experiments()) {
          const { phase: now = 'Pending' } = experiment.status ?? {};
          for (const phase of EXPERIMENT_PHASES) {
            this.set({ ...named(experiment), phase }, phase === now ? 1 : 0);
          }
        }
      },
    });
  }
}
