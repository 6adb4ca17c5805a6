import type { RolloutContext } from '../context';
import { canaryOf } from './goal';

/** Notes in the status who gets how much. */
export function recordWeights(
  context: RolloutContext,
  weight: number,
  max: number,
): void {
  const { canaryService, stableService } = canaryOf(context);
  const { current, stable, draft } = context;
  draft.status.canary = {
    ...draft.status.canary,
    weights: {
      canary: {
        weight,
        podTemplateHash: current.hash,
        serviceName: canaryService,
      },
      stable: {
        weight: max - weight,
        podTemplateHash: (stable ?? current).hash,
        serviceName: stableService,
      },
    },
  };
}
