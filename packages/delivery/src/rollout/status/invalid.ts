import {
  computePhase,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlanDraft } from '../draft';
import { problemText, type Problem } from '../validation/problem';
import { setCondition } from './conditions';

/** Says what is wrong; nothing else about the rollout is touched. */
export function writeInvalid(
  draft: PlanDraft,
  rollout: Rollout,
  problems: Problem[],
  now: number,
): void {
  const message = `The Rollout "${rollout.metadata.name}" is invalid: ${problems
    .map(problemText)
    .join('; ')}`;
  const { status } = draft;
  const known = status.conditions?.find(each => each.type === 'InvalidSpec');
  status.conditions = setCondition(
    status.conditions ?? [],
    { type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message },
    now,
  );
  status.observedGeneration = String(rollout.metadata.generation ?? 0);
  const phase = computePhase({ ...rollout, status });
  status.phase = phase.phase;
  status.message = phase.message;
  if (known?.message !== message)
    draft.event('InvalidSpec', message, 'Warning');
  draft.because(message);
}
