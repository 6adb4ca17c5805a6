import type { Translate } from '../translation/ref';
import {
  approvalCounts,
  onLastApproval,
  type KnownApproval,
} from './approvalState';

/**
 * What the last approval does, before anybody clicks.
 * @param mine - the reader is about to approve: whether theirs is the last
 */
export function effectInWords(
  request: KnownApproval,
  t: Translate,
  mine = false,
): string {
  const { label, requirements } = request;
  const { given, required } = approvalCounts(request);
  const after = required - given - 1;
  const acts = onLastApproval(request) === 'act';
  const conditions = requirements
    .flatMap(requirement => requirement.conditions)
    .filter(({ met }) => !met)
    .map(({ message }) => message);
  const parts: string[] = [];
  if (mine && after <= 0) {
    parts.push(
      t(acts ? 'approvals.effect.mineAct' : 'approvals.effect.mineUnlock', {
        label,
      }),
    );
  } else {
    if (mine) {
      parts.push(t('approvals.effect.more', { count: after }));
    }
    parts.push(
      t(acts ? 'approvals.effect.act' : 'approvals.effect.unlock', { label }),
    );
  }
  if (conditions.length > 0) {
    parts.push(
      t('approvals.effect.waits', { conditions: conditions.join(' ') }),
    );
  }
  return parts.join(' ');
}
