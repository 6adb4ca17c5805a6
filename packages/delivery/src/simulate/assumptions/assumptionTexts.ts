import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { counted, durationText } from '../../explain/words';
import type { PersonAction, TimelineEvent } from '../timeline/timeline';
import type { AssumedValue, Assumptions } from './assumptions';

function valueText({ is }: AssumedValue): string {
  return 'outcome' in is ? is.outcome : JSON.stringify(is.value);
}

function metricText(name: string, values: AssumedValue[]): string {
  const parts = values.map(each =>
    each.from > 0
      ? `from ${durationText(each.from)} on ${valueText(each)}`
      : valueText(each),
  );
  return `Metric ${name}: ${parts.join(', ')}.`;
}

function measures({ spec }: Rollout): boolean {
  const { canary, blueGreen } = spec.strategy ?? {};
  return (
    [
      canary?.analysis,
      blueGreen?.prePromotionAnalysis,
      blueGreen?.postPromotionAnalysis,
    ].some(each => each !== undefined) ||
    (canary?.steps ?? []).some(
      step => step.analysis || step.experiment?.analyses?.length,
    )
  );
}

function failureText(step: number, isAbort: boolean): string {
  return isAbort
    ? `Nothing is measured at step ${step}: somebody aborts there instead.`
    : `All that is measured from step ${step} on fails.`;
}

function othersText({ metrics = {}, failAtStep }: Assumptions): string {
  if (Object.keys(metrics).length) return '; those of other metrics succeed';
  return failAtStep === undefined ? ', and succeed' : '; those before succeed';
}

/** What a simulation took for granted about time, pods and measurements. */
export function assumptionTexts(
  rollout: Rollout,
  assumptions: Assumptions & { podStart: number },
  events: TimelineEvent[],
): string[] {
  const { podStart, failingPods, metrics = {}, failAtStep } = assumptions;
  const { promoteAfter, abortAtStep } = assumptions;
  const acted = (action: PersonAction['do']) =>
    events.some(each => each.kind === 'person' && each.action === action);
  const seconds = rollout.spec.minReadySeconds ?? 0;
  const failing = failingPods === 'all' ? 'All pods' : failingPods;
  return [
    seconds
      ? `Pods are ready ${durationText(podStart)} after they are created, and available ${durationText(seconds * 1_000)} later.`
      : `Pods are ready ${durationText(podStart)} after they are created.`,
    ...(failing
      ? [
          `${typeof failing === 'number' ? counted(failing, 'pod') : failing} of the new version never become${failing === 1 ? 's' : ''} ready.`,
        ]
      : []),
    ...Object.entries(metrics).map(([name, values]) =>
      metricText(name, values),
    ),
    ...(failAtStep === undefined
      ? []
      : [failureText(failAtStep, acted('abort') && abortAtStep === undefined)]),
    ...(measures(rollout)
      ? [`Measurements take no time${othersText(assumptions)}.`]
      : []),
    ...(assumptions.holds ?? []).map(
      ({ name, from, until }) =>
        `The freeze “${name}” holds from ${durationText(from)} until ${durationText(until)}.`,
    ),
    ...(acted('promote') && typeof promoteAfter === 'number'
      ? [
          `Somebody promotes ${durationText(promoteAfter)} after a pause without an end began.`,
        ]
      : []),
  ];
}
