import { RiShieldCheckLine, RiShieldUserLine } from '@remixicon/react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { approvalCounts, isOpen, type KnownApproval } from './approvalState';
import styles from './ApprovalBadge.module.css';

/** In a rollout's header: what it waits for, and whether it is me. */
export const ApprovalBadge = ({ requests }: { requests: KnownApproval[] }) => {
  const { t } = useRolloutsTranslation();
  const open = requests.filter(isOpen);
  const mine = open.find(
    ({ state, rights }) => state === 'pending' && rights.approve.allowed,
  );
  const request = mine ?? open[0];
  if (!request) {
    return null;
  }
  const { given, required } = approvalCounts(request);
  const Icon =
    request.state === 'pending' ? RiShieldUserLine : RiShieldCheckLine;
  return (
    <span className={styles.badge} data-mine={mine ? true : undefined}>
      <Icon size={16} aria-hidden="true" />
      {mine && <span className={styles.word}>{t('approvals.badge.mine')}</span>}
      {mine && ' · '}
      {request.state === 'pending'
        ? t('approvals.badge.pending', {
            given: String(given),
            required: String(required),
          })
        : t(
            request.state === 'approved'
              ? 'approvals.badge.approved'
              : 'approvals.badge.executing',
          )}
    </span>
  );
};
