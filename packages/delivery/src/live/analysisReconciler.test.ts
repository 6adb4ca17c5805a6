import type {
  AnalysisRun,
  KubeObject,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ConflictError, ManualClock } from '@progressive-delivery/kube';
import type { DueMeasurement, MeasurementDone } from '../analysis';
import type { Write } from '../rollout/plan';
import { AnalysisReconciler } from './analysisReconciler';
import type { EventRecorder } from './eventRecorder';
import { silentLogger } from './logger';
import { Measurements } from './measurements';
import { SteadyTime } from './steadyTime';
import type { ClusterStores } from './clusterStores';
import type { Writer } from './writer';

const JOB: Metric = { name: 'smoke', provider: { job: { spec: {} } } };

function runOf(): AnalysisRun {
  return {
    metadata: {
      name: 'check',
      namespace: 'demo',
      uid: 'run-1',
      resourceVersion: '1',
    },
    spec: { metrics: [JOB] },
  };
}

/** A reconciler of one run whose only measurement waits for a Job. */
class Bench {
  readonly clock = new ManualClock();
  /** What was done for the metric: run, resume. */
  readonly actions: string[] = [];
  run = runOf();
  /** The next write meets somebody else's. */
  conflicts = 0;
  /** Lets the measurement that is being taken end. */
  answer: (() => void) | undefined;
  readonly measurements = new Measurements({
    measure: (_, due) =>
      new Promise(resolve => {
        this.actions.push(due.action);
        this.answer = () => resolve(this.#running(due));
      }),
    onDone: () => {},
    clock: this.clock,
  });
  readonly #reconciler = new AnalysisReconciler({
    stores: {
      analysisRuns: { get: () => this.run },
    } as unknown as ClusterStores,
    measurements: this.measurements,
    createWriter: () =>
      ({
        apply: async (write: Write) => this.#write(write),
        settled: async () => {},
      }) as unknown as Writer,
    events: { record: () => {} } as unknown as EventRecorder,
    time: new SteadyTime(this.clock),
    logger: silentLogger,
    isOurs: () => true,
  });

  turn() {
    return this.#reconciler.reconcile(
      'demo',
      'check',
      new AbortController().signal,
    );
  }

  /** The measurement answers, and what it said is recorded. */
  async answers() {
    this.answer?.();
    await Promise.resolve();
    await Promise.resolve();
    await this.turn();
  }

  #write(write: Write): KubeObject {
    if (this.conflicts > 0) {
      this.conflicts -= 1;
      throw new ConflictError({
        status: 409,
        reason: 'Conflict',
        message: 'it has changed',
        request: 'PATCH check',
      });
    }
    if (write.verb === 'patch') {
      const { status } = write.patch as { status: object };
      this.run = { ...this.run, status: { ...this.run.status, ...status } };
    }
    return this.run;
  }

  #running({ metric, measurement }: DueMeasurement): MeasurementDone {
    const now = new Date(this.clock.now()).toISOString();
    return {
      metricName: metric.name,
      measurement: {
        startedAt: measurement?.startedAt ?? now,
        phase: 'Running',
        resumeAt: new Date(this.clock.now() + 15_000).toISOString(),
      },
    };
  }
}

describe('AnalysisReconciler', () => {
  it('looks at a Job that has ended although its write meets a conflict', async () => {
    const bench = new Bench();
    await bench.turn();
    await bench.answers();
    expect(bench.actions).toEqual(['run']);

    bench.run = {
      ...bench.run,
      status: { ...bench.run.status, phase: 'Pending' },
    };
    bench.measurements.noteChange('run-1');
    bench.conflicts = 1;
    await expect(bench.turn()).rejects.toThrow(ConflictError);
    await bench.turn();

    expect(bench.actions).toEqual(['run', 'resume']);
  });

  it('looks again when the Job ended while it was being looked at', async () => {
    const bench = new Bench();
    await bench.turn();
    bench.measurements.noteChange('run-1');
    await bench.turn();

    await bench.answers();
    expect(bench.actions).toEqual(['run', 'resume']);
    await bench.answers();

    expect(bench.actions).toEqual(['run', 'resume']);
  });
});
