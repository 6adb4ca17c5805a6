import type {
  AnalysisPhase,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { MetricRules } from './metricRules';

/** What a metric amounts to; `reason` when it is not well. */
export interface Assessment {
  phase: AnalysisPhase;
  reason?: string;
}

const COMPLETED: ReadonlySet<AnalysisPhase | undefined> = new Set([
  'Successful',
  'Failed',
  'Error',
  'Inconclusive',
] as const);

/** Whether nothing more is going to happen. */
export function isCompleted(phase: AnalysisPhase | undefined): boolean {
  return COMPLETED.has(phase);
}

/** Whether a measurement has begun and not ended (Jobs take their time). */
export function isUnfinished(result: MetricResult | undefined): boolean {
  const last = result?.measurements?.at(-1);
  return last !== undefined && !last.finishedAt;
}

function overLimit(
  rules: MetricRules,
  result: MetricResult,
): Assessment | undefined {
  const { failed = 0, inconclusive = 0, consecutiveError = 0 } = result;
  if (rules.failureLimit >= 0 && failed > rules.failureLimit) {
    return {
      phase: 'Failed',
      reason: `failed (${failed}) > failureLimit (${rules.failureLimit})`,
    };
  }
  if (inconclusive > rules.inconclusiveLimit) {
    return {
      phase: 'Inconclusive',
      reason: `inconclusive (${inconclusive}) > inconclusiveLimit (${rules.inconclusiveLimit})`,
    };
  }
  if (consecutiveError > rules.consecutiveErrorLimit) {
    return {
      phase: 'Error',
      reason: `consecutiveErrors (${consecutiveError}) > consecutiveErrorLimit (${rules.consecutiveErrorLimit})`,
    };
  }
  return undefined;
}

/**
 * A terminated metric has succeeded so far. One that was measured with
 * nothing but errors has not: Argo Rollouts calls it Successful, so that a
 * canary nobody could measure passes.
 */
function terminated({ count = 0, error = 0 }: MetricResult): Assessment {
  if (count === 0 && error > 0) {
    return {
      phase: 'Error',
      reason: `every measurement being an error (${error}) when the run was terminated`,
    };
  }
  return { phase: 'Successful' };
}

/**
 * The phase of one metric. Limits come first; then enough successes in a row;
 * then the count, which without those successes (where they are asked for) is
 * Inconclusive.
 * Source: Argo Rollouts, features/analysis.md, "ConsecutiveSuccessLimit and
 * FailureLimit".
 */
export function assessMetric(
  rules: MetricRules,
  result: MetricResult | undefined,
  terminating: boolean,
): Assessment {
  if (!result?.measurements?.length) {
    return { phase: terminating ? 'Successful' : 'Pending' };
  }
  if (isUnfinished(result)) return { phase: 'Running' };
  const over = overLimit(rules, result);
  if (over) return over;
  const { count = 0, consecutiveSuccess = 0 } = result;
  const wanted = rules.consecutiveSuccessLimit;
  if (wanted > 0 && consecutiveSuccess >= wanted) {
    return { phase: 'Successful' };
  }
  if (rules.count !== undefined && count >= rules.count) {
    if (wanted <= 0) return { phase: 'Successful' };
    return {
      phase: 'Inconclusive',
      reason: `consecutiveSuccesses (${consecutiveSuccess}) < consecutiveSuccessLimit (${wanted}) when count (${rules.count}) was reached`,
    };
  }
  return terminating ? terminated(result) : { phase: 'Running' };
}
