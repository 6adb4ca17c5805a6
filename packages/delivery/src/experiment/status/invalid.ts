import { setCondition } from '../../rollout/status/conditions';
import { problemText, type Problem } from '../../rollout/validation/problem';
import type { Experiment } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ExperimentDraft } from '../draft';

/**
 * Says what is wrong; nothing else about the experiment is touched, and it
 * goes on once the manifest is corrected.
 */
export function writeInvalid(
  draft: ExperimentDraft,
  { metadata }: Experiment,
  problems: Problem[],
  now: number,
): void {
  const message = `The Experiment "${metadata.name}" is invalid: ${problems
    .map(problemText)
    .join('; ')}`;
  const { status } = draft;
  const known = status.conditions?.find(each => each.type === 'InvalidSpec');
  status.conditions = setCondition(
    status.conditions ?? [],
    { type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message },
    now,
  );
  if (known?.message !== message) {
    draft.event('InvalidSpec', message, 'Warning');
  }
  draft.because(message);
}
