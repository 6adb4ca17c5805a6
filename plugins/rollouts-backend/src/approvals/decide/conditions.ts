import type {
  AnalysisRunView,
  ApprovalCondition,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalPolicy } from '../policy/ApprovalPolicy';

/** What the conditions look at, of the version that is being rolled out. */
export interface ConditionFacts {
  /** Newest first. */
  analysisRuns: readonly AnalysisRunView[];
  /** When it came to the present step, in milliseconds since the epoch. */
  stepSince?: number;
}

export interface EvaluatedCondition extends ApprovalCondition {
  /** When it is met by itself, if nothing else happens. */
  metAt?: number;
}

/** The further conditions of a policy, as they are met. */
export function evaluateConditions(
  { conditions }: Pick<ApprovalPolicy, 'conditions'>,
  facts: ConditionFacts,
  now: number,
): EvaluatedCondition[] {
  const { analysisSuccessful, minimumRequests, minimumStepMilliseconds } =
    conditions;
  return [
    ...(analysisSuccessful ? [analysis(facts)] : []),
    ...(minimumRequests ? [requests(minimumRequests, facts)] : []),
    ...(minimumStepMilliseconds === undefined
      ? []
      : [stepTime(minimumStepMilliseconds, facts, now)]),
  ];
}

/** Kinds of which there is one run at a time in each place. */
const ONE_AT_A_TIME: readonly AnalysisRunView['kind'][] = [
  'background',
  'step',
  'pre-promotion',
  'post-promotion',
];

/**
 * Of each place the newest run decides, so that one that failed before a retry
 * does not for ever; none at all is not success. Of an experiment's, which run
 * side by side, all do.
 */
function analysis({ analysisRuns }: ConditionFacts): ApprovalCondition {
  const places = new Set<string>();
  const newest = analysisRuns.filter(({ kind, stepIndex, uid }) => {
    const place = ONE_AT_A_TIME.includes(kind)
      ? `${kind}/${stepIndex ?? ''}`
      : uid;
    const isNewest = !places.has(place);
    places.add(place);
    return isNewest;
  });
  const bad = newest.find(({ phase }) =>
    ['Failed', 'Error', 'Inconclusive'].includes(phase),
  );
  const good = newest.some(
    ({ phase, metrics }) =>
      phase === 'Successful' ||
      (phase === 'Running' &&
        metrics.some(({ counts }) => counts.successful > 0)),
  );
  const kind = 'analysis-successful';
  if (bad) {
    return {
      kind,
      met: false,
      message: `Analysis ${bad.name} is ${bad.phase}.`,
    };
  }
  return good
    ? { kind, met: true, message: 'The analysis is successful so far.' }
    : {
        kind,
        met: false,
        message: 'No analysis of this version has measured anything good yet.',
      };
}

function requests(
  { metric, count }: { metric: string; count: number },
  { analysisRuns }: ConditionFacts,
): ApprovalCondition {
  const last = analysisRuns
    .flatMap(({ metrics }) => metrics)
    .find(({ name, last: value }) => name === metric && value !== undefined)
    ?.last?.number;
  const seen = last ?? 0;
  return {
    kind: 'minimum-requests',
    met: seen >= count,
    message: `At least ${count} by the metric "${metric}"; ${last === undefined ? 'not measured yet' : `${seen} so far`}.`,
  };
}

function stepTime(
  least: number,
  { stepSince }: ConditionFacts,
  now: number,
): EvaluatedCondition {
  const kind = 'minimum-step-time';
  const minutes = `${Number((least / 60_000).toFixed(1))} min`;
  if (stepSince === undefined) {
    return {
      kind,
      met: false,
      message: `At least ${minutes} at this step; it is not known since when it is there.`,
    };
  }
  const metAt = stepSince + least;
  return metAt <= now
    ? { kind, met: true, message: `At this step for at least ${minutes}.` }
    : {
        kind,
        met: false,
        metAt,
        message: `At least ${minutes} at this step, so not before ${iso(metAt)}.`,
      };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
