import type {
  Measurement,
  Metric,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isCompleted } from './assessMetric';
import type { MetricRules } from './metricRules';
import { parseTime } from './time';

/** After an error, whatever the interval: it says nothing about the metric. */
const ERROR_RETRY = 10_000;

/** Something to do for a metric now. */
export interface DueMeasurement {
  metric: Metric;
  /** Begin a new one, look after the unfinished one, or end it early. */
  action: 'run' | 'resume' | 'terminate';
  /** The unfinished measurement, of `resume` and `terminate`. */
  measurement?: Measurement;
}

/** What is due for one metric, and when to look again otherwise. */
export interface Schedule {
  due?: DueMeasurement;
  wakeAt?: number;
}

function nextStart(
  rules: MetricRules,
  last: Measurement | undefined,
  startedAt: number,
): number {
  if (!last) return startedAt + rules.initialDelay;
  const finishedAt = parseTime(last.finishedAt) ?? startedAt;
  if (last.phase === 'Error') return finishedAt + ERROR_RETRY;
  return finishedAt + (rules.interval ?? ERROR_RETRY);
}

/** When the metric is to be measured next. Nothing once it is complete. */
export function scheduleMetric(
  metric: Metric,
  rules: MetricRules,
  result: MetricResult | undefined,
  times: {
    startedAt: number;
    now: number;
    terminating: boolean;
    resumeNow: boolean;
  },
): Schedule {
  const last = result?.measurements?.at(-1);
  if (last && !last.finishedAt) {
    if (times.terminating) {
      return { due: { metric, action: 'terminate', measurement: last } };
    }
    const resumeAt = parseTime(last.resumeAt) ?? times.now;
    return times.resumeNow || resumeAt <= times.now
      ? { due: { metric, action: 'resume', measurement: last } }
      : { wakeAt: resumeAt };
  }
  if (times.terminating || isCompleted(result?.phase)) return {};
  const at = nextStart(rules, last, times.startedAt);
  return at <= times.now ? { due: { metric, action: 'run' } } : { wakeAt: at };
}
