import {
  computePhase,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlanDraft } from '../draft';
import { noteInvalid } from '../status/noteInvalid';
import type { Problem } from '../validation/problem';

/** Says in the status what is wrong with the manifest. */
export function writeInvalid(
  draft: PlanDraft,
  rollout: Rollout,
  problems: Problem[],
  now: number,
): void {
  noteInvalid(draft, 'Rollout', rollout, problems, now);
  const { status } = draft;
  status.observedGeneration = String(rollout.metadata.generation ?? 0);
  const { phase, message } = computePhase({ ...rollout, status });
  status.phase = phase;
  status.message = message;
}
