import type { Draft } from './Draft';

/** The step that it has come to. */
export function followSteps(draft: Draft): void {
  const { release, observation } = draft;
  const { at, aborted, stepIndex, stepsHash, steps, gap } = observation;
  // The controller sets the index back when it aborts.
  if (aborted || steps.length === 0) {
    return;
  }
  const reset =
    stepsHash !== release.stepsHash && stepIndex < (release.stepIndex ?? 0);
  if (reset) {
    release.pass += 1;
    draft.add('note', release.counts.notes++, at, {
      severity: 'info',
      text: 'The steps were changed, and begin anew.',
    });
  }
  release.stepsHash = stepsHash;
  const before = reset ? undefined : release.stepIndex;
  if (before !== undefined && stepIndex <= before) {
    return;
  }
  const first = before === undefined && stepIndex === 0;
  draft.add('step', `${release.pass}/${stepIndex}`, at, {
    index: stepIndex,
    observed: gap === undefined || first,
  });
  release.stepIndex = stepIndex;
}
