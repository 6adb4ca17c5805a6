import type {
  Condition,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { BaseDraft } from '../baseDraft';
import { problemText, type Problem } from '../validation/problem';
import { setCondition } from './conditions';

const TYPE = 'InvalidSpec';

/** An object whose status has conditions. */
interface Conditioned {
  conditions?: Condition[];
}

/**
 * Says in the conditions what is wrong with a manifest, and as an event when
 * that is news.
 */
export function noteInvalid<Status extends Conditioned>(
  draft: BaseDraft<Status>,
  kind: 'Rollout' | 'Experiment',
  { metadata, status }: KubeObject & { status?: Conditioned },
  problems: Problem[],
  now: number,
): void {
  const message = `The ${kind} "${metadata.name}" is invalid: ${problems
    .map(problemText)
    .join('; ')}`;
  const known = status?.conditions?.find(each => each.type === TYPE);
  const others = draft.status.conditions?.filter(each => each.type !== TYPE);
  draft.status.conditions = setCondition(
    [...(others ?? []), ...(known ? [known] : [])],
    { type: TYPE, status: 'True', reason: TYPE, message },
    now,
  );
  if (known?.message !== message) draft.event(TYPE, message, 'Warning');
  draft.because(message);
}
