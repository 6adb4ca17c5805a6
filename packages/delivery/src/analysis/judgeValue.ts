import type {
  AnalysisPhase,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ArgumentResolver } from './args/resolver';
import { evaluateCondition } from './expr/evaluate';

/**
 * What a measured value means by the metric's conditions. A failure wins; with
 * one condition alone the other outcome is its opposite (so that NaN passes a
 * lone failureCondition and fails a lone successCondition, as in the
 * reference); with both and neither met it is Inconclusive; with none, and a
 * value that could be had, it is Successful.
 *
 * A condition that cannot be evaluated is an Error, with the reason.
 */
export function judgeValue(
  metric: Pick<Metric, 'successCondition' | 'failureCondition'>,
  result: unknown,
  args: ArgumentResolver,
  now: number,
): { phase: AnalysisPhase; message?: string } {
  const holds = (condition: string) =>
    evaluateCondition(args.expression(condition), { result }, { now });
  const { successCondition, failureCondition } = metric;
  try {
    // Both are asked, so that neither can hide that the other is broken.
    const succeeds = successCondition ? holds(successCondition) : undefined;
    const fails = failureCondition ? holds(failureCondition) : undefined;
    if (fails) return { phase: 'Failed' };
    if (succeeds ?? true) return { phase: 'Successful' };
    return { phase: failureCondition ? 'Inconclusive' : 'Failed' };
  } catch (error) {
    return {
      phase: 'Error',
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
