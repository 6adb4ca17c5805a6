import type {
  AnalysisPhase,
  AnalysisRun,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlannedEvent } from '../rollout/plan';
import type {
  AnalysisRunPlan,
  AnalysisRunStatus,
} from './plan/analysisRunPlan';
import {
  assessMetric,
  isCompleted,
  type Assessment,
} from './plan/assessMetric';
import { isDryRun, readMetricRules } from './plan/metricRules';
import { withMetricNames } from './plan/namedMetrics';
import {
  recordMeasurements,
  type MeasurementDone,
} from './plan/recordMeasurements';
import { trimMeasurements } from './plan/retention';
import { scheduleMetric, type DueMeasurement } from './plan/schedule';
import { isWorse, summarize } from './plan/summary';
import { formatTime, parseTime } from './plan/time';
import { planExpiry } from './plan/expiry';
import { validateAnalysisRun } from './plan/validate';

/**
 * Decides about one AnalysisRun: takes the measurements that were made into
 * its status, judges each metric and the whole, and says what is to be
 * measured now and when to look again. Pure.
 *
 * @param given - with arguments in place of what they stand for
 * @param done - measurements that are not in the run's status yet
 * @param now - milliseconds since the epoch
 * @param resumeNow - what unfinished measurements wait for has changed
 */
export function planAnalysisRun(
  given: AnalysisRun,
  done: MeasurementDone[],
  now: number,
  resumeNow = false,
): AnalysisRunPlan {
  const before = given.status ?? {};
  if (isCompleted(before.phase)) return planExpiry(given, now);
  const invalid = validateAnalysisRun(given);
  if (invalid) return invalidRun(given, invalid, now);

  const run = withMetricNames(given);
  const startedAt = parseTime(before.startedAt) ?? now;
  const results = recordMeasurements(
    run.spec,
    before.metricResults ?? [],
    done,
  );
  const judged = judge(run, results);
  const reasons = judged.outcomes.flatMap(({ name, reason, result }) =>
    reason ? `metric ${name} is ${result?.phase}: ${reason}` : [],
  );
  const due: DueMeasurement[] = [];
  const wakes: number[] = [];
  for (const metric of run.spec.metrics) {
    const schedule = scheduleMetric(
      metric,
      readMetricRules(metric, run.spec),
      judged.outcomes.find(({ name }) => name === metric.name)?.result,
      { startedAt, now, terminating: judged.terminating, resumeNow },
    );
    if (schedule.due) {
      due.push(schedule.due);
      reasons.push(`${schedule.due.action} metric ${metric.name}`);
    }
    if (schedule.wakeAt !== undefined) wakes.push(schedule.wakeAt);
  }
  const status = assessRun(run, judged, startedAt, now);
  return {
    status,
    due: isCompleted(status.phase) ? [] : due,
    wakeAt:
      isCompleted(status.phase) || !wakes.length
        ? undefined
        : Math.min(...wakes),
    events: eventsOf(before, status),
    reasons,
  };
}

interface Outcome {
  name: string;
  dryRun: boolean;
  phase: AnalysisPhase;
  reason?: string;
  result?: MetricResult;
}

interface Judgement {
  outcomes: Outcome[];
  terminating: boolean;
}

/** Each metric's phase. One that fails ends the others, so it is judged twice. */
function judge(run: AnalysisRun, results: MetricResult[]): Judgement {
  const byName = new Map(results.map(result => [result.name, result]));
  const all = (terminating: boolean): Outcome[] =>
    run.spec.metrics.map(metric => {
      const result = byName.get(metric.name);
      const dryRun = isDryRun(run.spec, metric.name);
      const settled = result && isCompleted(result.phase);
      const { phase, reason }: Assessment = settled
        ? { phase: result.phase }
        : assessMetric(readMetricRules(metric, run.spec), result, terminating);
      return {
        name: metric.name,
        dryRun,
        phase,
        reason,
        result: result && { ...withMessage(result, phase, reason), phase },
      };
    });
  const asked = run.spec.terminate === true;
  const first = all(asked);
  const failed = first.some(
    ({ dryRun, phase }) =>
      !dryRun && isCompleted(phase) && phase !== 'Successful',
  );
  return {
    outcomes: failed && !asked ? all(true) : first,
    terminating: asked || failed,
  };
}

function withMessage(
  result: MetricResult,
  phase: AnalysisPhase,
  reason: string | undefined,
): MetricResult {
  if (result.phase === phase) return result;
  if (reason && result.dryRun) {
    return { ...result, message: `Metric assessed ${phase} due to ${reason}` };
  }
  const last = result.measurements?.at(-1);
  return last?.message ? { ...result, message: last.message } : result;
}

function describe({
  name,
  phase,
  reason,
  result,
}: Outcome): string | undefined {
  if (!reason) return undefined;
  const error = result?.message ? `: "Error Message: ${result.message}"` : '';
  return `Metric "${name}" assessed ${phase} due to ${reason}${error}`;
}

function assessRun(
  run: AnalysisRun,
  { outcomes, terminating }: Judgement,
  startedAt: number,
  now: number,
): AnalysisRunStatus {
  const counted = outcomes.filter(({ dryRun }) => !dryRun);
  const dry = outcomes.filter(({ dryRun }) => dryRun);
  const running = outcomes.some(({ phase }) => !isCompleted(phase));
  let worst: Outcome | undefined;
  for (const outcome of counted) {
    if (!worst || isWorse(outcome.phase, worst.phase)) worst = outcome;
  }
  const phase = running ? 'Running' : (worst?.phase ?? 'Successful');
  const message =
    describe(worst ?? { name: '', dryRun: true, phase }) ??
    (terminating && !running ? 'Run Terminated' : undefined) ??
    run.status?.message;
  const resultsOf = (some: Outcome[]) =>
    some.flatMap(({ result }) => result ?? []);
  return {
    ...run.status,
    phase,
    ...(message ? { message } : {}),
    startedAt: formatTime(startedAt),
    ...(running ? {} : { completedAt: formatTime(now) }),
    metricResults: trimMeasurements(run.spec, resultsOf(outcomes)),
    ...(counted.length
      ? { runSummary: summarize(counted.length, resultsOf(counted)) }
      : {}),
    dryRunSummary: summarize(dry.length, resultsOf(dry)),
  };
}

function invalidRun(
  run: AnalysisRun,
  message: string,
  now: number,
): AnalysisRunPlan {
  const status: AnalysisRunStatus = {
    ...run.status,
    phase: 'Error',
    message,
    startedAt: run.status?.startedAt ?? formatTime(now),
    completedAt: formatTime(now),
  };
  return {
    status,
    due: [],
    events: eventsOf(run.status ?? {}, status),
    reasons: [message],
  };
}

function eventsOf(
  before: AnalysisRunStatus,
  after: AnalysisRunStatus,
): PlannedEvent[] {
  const event = (what: string, prefix: string, phase: AnalysisPhase) => ({
    type:
      phase === 'Failed' || phase === 'Error'
        ? ('Warning' as const)
        : ('Normal' as const),
    reason: `${prefix}${phase}`,
    message: `${what} Completed. Result: ${phase}`,
  });
  const earlier = new Map(
    before.metricResults?.map(({ name, phase }) => [name, phase]),
  );
  const metrics = (after.metricResults ?? [])
    .filter(
      ({ name, phase }) => isCompleted(phase) && phase !== earlier.get(name),
    )
    .map(({ name, phase }) => event(`Metric '${name}'`, 'Metric', phase));
  return after.phase && isCompleted(after.phase)
    ? [...metrics, event('Analysis', 'AnalysisRun', after.phase)]
    : metrics;
}
