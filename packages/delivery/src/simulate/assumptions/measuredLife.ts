import type {
  AnalysisRun,
  Measurement,
  Metric,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planAnalysisRun, type MeasurementDone } from '../../analysis';
import { ArgumentResolver } from '../../analysis/args/resolver';
import { argumentValues } from '../../analysis/args/substitute';
import { isCompleted } from '../../analysis/plan/assessMetric';
import { judgeValue } from '../../analysis/judgeValue';
import { formatTime } from '../../rollout/time';
import type { AnalysisLife } from '../analysisLife';
import type { AssumedValue, Assumptions } from './assumptions';

/** More measurements than this are not due at one moment. */
const MOST_AT_ONCE = 10;

/** Conditions that index the result, or ask for its length, expect a list. */
function isVector({ successCondition = '', failureCondition = '' }: Metric) {
  return /result\s*\[|\(\s*result\s*[,)]/.test(
    `${successCondition} ${failureCondition}`,
  );
}

function valueText(value: unknown): string {
  return typeof value === 'number' && !Number.isFinite(value)
    ? String(value)
    : JSON.stringify(value);
}

function measurementOf(
  metric: Metric,
  is: AssumedValue['is'],
  run: AnalysisRun,
  now: number,
): Measurement {
  const time = formatTime(now);
  const times = { startedAt: time, finishedAt: time };
  if ('outcome' in is) return { ...times, phase: is.outcome };
  const value =
    isVector(metric) && !Array.isArray(is.value) ? [is.value] : is.value;
  const args = new ArgumentResolver(argumentValues(run.spec.args));
  return {
    ...times,
    ...judgeValue(metric, value, args, now),
    value: Array.isArray(value)
      ? `[${value.map(valueText).join(',')}]`
      : valueText(value),
  };
}

/**
 * Analysis runs that are really carried out, under virtual time and with
 * assumed values: a measurement itself takes no time, all that lies between
 * them (counts, intervals, delays, limits) does.
 *
 * @param origin - milliseconds since the epoch at which the update begins
 */
export function measuredLife(
  { metrics = {}, failAtStep }: Assumptions,
  origin: number,
): AnalysisLife {
  const assumed = (metric: Metric, now: number, rollout?: Rollout) => {
    const step = (rollout?.status?.currentStepIndex ?? 0) + 1;
    if (failAtStep !== undefined && step >= failAtStep) {
      return { outcome: 'Failed' as const };
    }
    const values = Object.hasOwn(metrics, metric.name)
      ? (metrics[metric.name] ?? [])
      : [];
    return (
      values.findLast(each => each.from <= now - origin)?.is ?? {
        outcome: 'Successful' as const,
      }
    );
  };
  return {
    advance(run, now, rollout) {
      if (isCompleted(run.status?.phase)) return { status: run.status };
      let plan = planAnalysisRun(run, [], now);
      for (let i = 0; plan.due.length && i < MOST_AT_ONCE; i++) {
        const done = plan.due.map(({ metric }): MeasurementDone => ({
          metricName: metric.name,
          measurement: measurementOf(
            metric,
            assumed(metric, now, rollout),
            run,
            now,
          ),
        }));
        plan = planAnalysisRun({ ...run, status: plan.status }, done, now);
      }
      return {
        status: plan.status,
        ...(isCompleted(plan.status.phase) || plan.wakeAt === undefined
          ? {}
          : { wakeAt: plan.wakeAt }),
      };
    },
  };
}
