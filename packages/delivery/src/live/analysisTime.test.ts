import type {
  AnalysisRun,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManualClock } from '@progressive-delivery/kube';
import type { Write } from '../rollout/plan';
import { AnalysisReconciler } from './analysisReconciler';
import type { EventRecorder } from './eventRecorder';
import { silentLogger } from './logger';
import { Measurements } from './measurements';
import { SteadyTime } from './steadyTime';
import type { ClusterStores } from './clusterStores';
import type { Writer } from './writer';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A run that measures every minute; each measurement succeeds at once. */
class Bench {
  readonly clock = new ManualClock();
  readonly #time = new SteadyTime(this.clock);
  measured = 0;
  run: AnalysisRun = {
    metadata: { name: 'check', namespace: 'demo', uid: 'run-1' },
    spec: {
      metrics: [
        {
          name: 'rate',
          interval: '1m',
          count: 10,
          successCondition: 'true',
          provider: { web: {} },
        },
      ],
    },
  };
  readonly #measurements = new Measurements({
    measure: async (_, { metric }) => {
      this.measured += 1;
      const at = new Date(this.#time.now('run-1', true)).toISOString();
      return {
        metricName: metric.name,
        measurement: { phase: 'Successful', startedAt: at, finishedAt: at },
      };
    },
    onDone: () => {},
    clock: this.clock,
  });
  readonly #reconciler = new AnalysisReconciler({
    stores: {
      analysisRuns: { get: () => this.run },
    } as unknown as ClusterStores,
    measurements: this.#measurements,
    createWriter: () =>
      ({
        apply: async (write: Write) => this.#write(write),
        settled: async () => {},
      }) as unknown as Writer,
    events: { record: () => {} } as unknown as EventRecorder,
    time: this.#time,
    logger: silentLogger,
    isOurs: () => true,
  });

  /** Until what was due is measured, and on record. */
  async turns() {
    for (let turn = 0; turn < 3; turn++) {
      await this.#reconciler.reconcile(
        'demo',
        'check',
        new AbortController().signal,
      );
      await Promise.resolve();
      await Promise.resolve();
    }
  }

  #write(write: Write): KubeObject {
    if (write.verb === 'patch') {
      const { status } = write.patch as { status: object };
      this.run = { ...this.run, status: { ...this.run.status, ...status } };
    }
    return this.run;
  }
}

describe('the interval of a metric, when the wall clock jumps', () => {
  it.each([
    ['ahead', HOUR],
    ['back', -HOUR],
  ])('stays what it is: %s', async (_, jump) => {
    const bench = new Bench();
    await bench.turns();
    expect(bench.measured).toBe(1);

    bench.clock.jumpWall(jump);
    await bench.turns();
    expect(bench.measured).toBe(1);
    bench.clock.advance(MINUTE);
    await bench.turns();
    expect(bench.measured).toBe(2);
    bench.clock.advance(MINUTE);
    await bench.turns();
    expect(bench.measured).toBe(3);
  });
});
