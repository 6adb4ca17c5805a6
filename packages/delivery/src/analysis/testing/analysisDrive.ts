import type {
  AnalysisPhase,
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnalysisRunPlan } from '../plan/analysisRunPlan';
import { formatTime } from '../plan/time';
import { planAnalysisRun } from '../planAnalysisRun';

export const START = Date.UTC(2026, 0, 1);

export function metric(fields: Partial<Metric> = {}): Metric {
  return { name: 'rate', provider: { web: {} }, ...fields };
}

export function analysisRun(
  metrics: Metric[],
  spec: Partial<AnalysisRun['spec']> = {},
): AnalysisRun {
  return {
    metadata: { name: 'colors-1', namespace: 'demo', uid: 'u1' },
    spec: { metrics, ...spec },
  };
}

/** A run driven on virtual time: each due measurement gives the next outcome. */
export class Drive {
  now = START;
  plan: AnalysisRunPlan;
  measuredAt: number[] = [];

  constructor(
    private run: AnalysisRun,
    private readonly outcomes: Record<string, AnalysisPhase[]>,
    private readonly message?: string,
  ) {
    this.plan = this.step([]);
  }

  private step(done: Parameters<typeof planAnalysisRun>[1]) {
    this.plan = planAnalysisRun(this.run, done, this.now);
    this.run = { ...this.run, status: this.plan.status };
    return this.plan;
  }

  /** Until the run is complete, nothing is left to do, or the outcomes are used up. */
  toEnd(): this {
    for (;;) {
      if (this.plan.status.completedAt) return this;
      const [due] = this.plan.due;
      if (due) {
        const phase = this.outcomes[due.metric.name]?.shift();
        if (!phase) return this;
        this.measuredAt.push((this.now - START) / 1000);
        const at = formatTime(this.now);
        this.step([
          {
            metricName: due.metric.name,
            measurement: {
              phase,
              startedAt: at,
              finishedAt: at,
              ...(phase === 'Error' ? { message: this.message } : {}),
            },
          },
        ]);
        continue;
      }
      if (this.plan.wakeAt === undefined) return this;
      this.now = this.plan.wakeAt;
      this.step([]);
    }
  }

  terminate(): this {
    this.run = { ...this.run, spec: { ...this.run.spec, terminate: true } };
    this.step([]);
    return this;
  }
}

export const S = 'Successful' as const;
export const F = 'Failed' as const;
export const E = 'Error' as const;
export const I = 'Inconclusive' as const;
