import type {
  AnalysisRunView,
  ApprovalCondition,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalPolicy } from '../policy/ApprovalPolicy';

/** What the conditions look at, of the version that is being rolled out. */
export interface ConditionFacts {
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

/** Of each kind and place the newest run decides; none at all is not success. */
function analysis({ analysisRuns }: ConditionFacts): ApprovalCondition {
  const bad = analysisRuns.find(({ phase }) =>
    ['Failed', 'Error', 'Inconclusive'].includes(phase),
  );
  const good = analysisRuns.some(
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
