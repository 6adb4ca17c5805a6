import type { Aspects } from '../compare/compareAspects';
import type { Phase } from '../observe/timeline';
import type { Plan } from './plan';

/** Aspects that tell how many are wanted, or there. */
const COUNT = / replicas (wanted|available)$/;

/** The canary's weight in whatever tells weights. */
const CANARY_WEIGHT =
  /\bapp-canary (\d+)|"app-canary","weight":"(\d+)"|canary-weight":"(\d+)"|^canary (\d+) /;

/**
 * Marks as brief what is on its way to where a generated rollout rests: how
 * many pods there are between two rests, and, under `dynamicStableScale`, the
 * weights in between while stable's pods come back. Both sides lead traffic
 * back as those become ready, so which numbers are passed is the pods' own
 * chance. On the way up the weights that a step names are held as ever.
 */
export function passingOf(plan: Plan, aspects: Aspects): Aspects {
  const isBetween = weightsBetween(plan);
  return Object.fromEntries(
    Object.entries(aspects).map(([aspect, phases]) => [
      aspect,
      phases.map((phase, index) => ({
        ...phase,
        brief:
          phase.brief ||
          (index < phases.length - 1 &&
            (COUNT.test(aspect) || isBetween(phases, index))),
      })),
    ]),
  );
}

function weightsBetween(plan: Plan): (phases: Phase[], at: number) => boolean {
  if (plan.strategy !== 'canary' || !plan.dynamicStableScale) {
    return () => false;
  }
  const named = new Set([
    0,
    100,
    ...plan.steps.flatMap(step => (step.kind === 'weight' ? step.weight : [])),
  ]);
  return (phases, at) => {
    const [before, weight, after] = [-1, 0, 1].map(step =>
      weightIn(phases[at + step]),
    );
    if (weight === undefined) return false;
    const falls =
      before !== undefined &&
      after !== undefined &&
      before > weight &&
      weight > after;
    return falls || !named.has(weight);
  };
}

function weightIn(phase?: Phase): number | undefined {
  const [, ...weights] = CANARY_WEIGHT.exec(phase?.value ?? '') ?? [];
  const weight = weights.find(each => each !== undefined);
  return weight === undefined ? undefined : Number(weight);
}
