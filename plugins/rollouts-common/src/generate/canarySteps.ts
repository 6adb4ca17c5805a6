import type { CanaryStep, RolloutAnalysis } from '../kubernetes/rollout';
import type { CompleteDescription } from './completeDescription';
import { HEADER_ROUTE } from './names';
import { writtenWeights } from './reachableWeights';

/** A step, and why it is there. */
export interface DescribedStep {
  step: CanaryStep;
  why?: string;
}

/** Requests with a header first, to one pod, until a person has tried it. */
function darkSteps({ header }: CompleteDescription): DescribedStep[] {
  if (!header) return [];
  const { name, value } = header;
  return [
    {
      step: { setCanaryScale: { replicas: 1 } },
      why: 'One pod of the new version, without any of the users’ requests.',
    },
    {
      step: {
        setHeaderRoute: {
          name: HEADER_ROUTE,
          match: [{ headerName: name, headerValue: { exact: value } }],
        },
      },
      why: `Whoever sends "${name}: ${value}" reaches it; nobody else does.`,
    },
    {
      step: { pause: {} },
      why: 'Until somebody has tried it and promotes.',
    },
    { step: { setHeaderRoute: { name: HEADER_ROUTE } } },
    {
      step: { setCanaryScale: { matchTrafficWeight: true } },
      why: 'From here on there are as many pods as the weight asks for.',
    },
  ];
}

/** The steps of a canary, in order. */
export function canarySteps(
  of: CompleteDescription,
  analysis: RolloutAnalysis | undefined,
): DescribedStep[] {
  const weights = writtenWeights(of);
  const timed: DescribedStep = { step: { pause: { duration: of.pause } } };
  return [
    ...darkSteps(of),
    ...weights.flatMap((setWeight, i): DescribedStep[] => {
      const isLast = i === weights.length - 1;
      const waits =
        (of.approvals === 'first' && i === 0) ||
        (of.approvals === 'each' && (!isLast || i === 0));
      return [
        { step: { setWeight } },
        ...(waits
          ? [{ step: { pause: {} }, why: 'Until somebody promotes.' }]
          : []),
        // Nothing ends with a pause that has no end.
        ...(!waits || isLast ? [timed] : []),
        ...(analysis ? [{ step: { analysis } }] : []),
      ];
    }),
  ];
}
