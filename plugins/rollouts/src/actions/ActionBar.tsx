import { Button } from '@backstage/ui';
import type {
  ApprovalRequestDetail,
  RolloutAction,
  RolloutResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiShieldUserLine } from '@remixicon/react';
import { lazy, Suspense, useId, useState } from 'react';
import type { KnownApproval } from '../approvals/approvalState';
import { LockNotes } from '../approvals/LockNotes';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { ActionMode } from './actionMode';
import { ActionMenu } from './ActionMenu';
import {
  arrangeActions,
  emergencyActions,
  mayAsk,
  type ActionLock,
  type ArrangedAction,
} from './arrangeActions';
import { lockedInWords } from './lockedInWords';
import { ProgressLine } from './ProgressLine';
import { useActionProgress } from './useActionProgress';
import styles from './ActionBar.module.css';

const ActionDialog = lazy(async () => ({
  default: (await import('./ActionDialog')).ActionDialog,
}));
const ApprovalDialog = lazy(async () => ({
  default: (await import('../approvals/ApprovalDialog')).ApprovalDialog,
}));

export interface ActionBarProps extends RolloutResponse {
  /** The requests for approval that belong to the rollout. */
  approvals?: KnownApproval[];
  /** A request has been made or answered here. */
  onApprovals?(after?: ApprovalRequestDetail): void;
}

/** At most two buttons and a menu; locked ones stay in place and say why. */
export const ActionBar = (props: ActionBarProps) => {
  const { rollout, access, approvals = [], onApprovals } = props;
  const { t } = useRolloutsTranslation();
  const reasonsId = useId();
  const [deciding, setDeciding] = useState<{
    action: RolloutAction;
    mode: ActionMode;
  }>();
  const [approving, setApproving] = useState<string>();
  const { progress, accepted, dismiss } = useActionProgress(rollout);
  const waiting = approvals.find(
    ({ state, rights }) => state === 'pending' && rights.approve.allowed,
  );
  const approvingNow = approvals.find(({ id }) => id === approving);
  const arrangement = arrangeActions(rollout, access, waiting !== undefined);
  const { buttons, menu } = arrangement;
  const emergencies = emergencyActions(arrangement, access);

  // What cannot be done now is named without what it would lead to.
  const label = ({ action, view }: ArrangedAction) =>
    view?.applicable ? view.label : t(`actions.name.${action}`);
  const why = ({ kind, text }: ActionLock) =>
    text ?? t(`actions.locked.${kind}`);
  const plain = buttons.filter(({ lock }) => lock && lock.kind !== 'gate');
  const reasons = lockedInWords(plain, buttons.length, why, (action, reason) =>
    t('actions.locked.reason', { action: label(action), reason }),
  );
  // While others are asked, their answers stand above; the lock repeats them.
  const gated = buttons.find(({ lock }) => lock?.gates);
  const shownLocks = (gated?.lock?.gates ?? []).filter(
    ({ requestId }) => !approvals.some(({ id }) => id === requestId),
  );
  const close = () => setDeciding(undefined);

  return (
    <div className={styles.bar}>
      <div
        className={styles.buttons}
        role="group"
        aria-label={t('actions.group', { name: rollout.ref.name })}
      >
        {waiting && (
          <Button
            size="small"
            variant="primary"
            iconStart={<RiShieldUserLine />}
            isDisabled={rollout.stale !== undefined}
            onPress={() => setApproving(waiting.id)}
          >
            {t('approvals.action.approve', { label: waiting.label })}
          </Button>
        )}
        {buttons.map(arranged => (
          <span
            key={arranged.action}
            title={arranged.lock && why(arranged.lock)}
          >
            <Button
              size="small"
              variant={arranged.view?.primary ? 'primary' : 'secondary'}
              destructive={arranged.action === 'abort'}
              isDisabled={arranged.lock !== undefined}
              aria-describedby={arranged.lock ? reasonsId : undefined}
              onPress={() =>
                setDeciding({ action: arranged.action, mode: 'act' })
              }
            >
              {label(arranged)}
            </Button>
          </span>
        ))}
        <ActionMenu
          name={rollout.ref.name}
          menu={menu}
          access={access}
          emergency={emergencies[0]?.action}
          label={label}
          why={why}
          onChoose={(action, mode) => setDeciding({ action, mode })}
        />
      </div>
      <div id={reasonsId} className={styles.reasons}>
        {reasons}
        {shownLocks.length > 0 && (
          <LockNotes locks={shownLocks}>
            {gated && mayAsk(gated, access) && (
              <Button
                size="small"
                variant="secondary"
                onPress={() =>
                  setDeciding({ action: gated.action, mode: 'ask' })
                }
              >
                {t('approvals.action.ask')}
              </Button>
            )}
          </LockNotes>
        )}
      </div>
      <ProgressLine progress={progress} onDismiss={dismiss} />
      {deciding && (
        <Suspense fallback={undefined}>
          <ActionDialog
            key={`${deciding.mode} ${deciding.action}`}
            rollout={rollout}
            action={deciding.action}
            mode={deciding.mode}
            approved={
              approvals.find(
                ({ state, action }) =>
                  state === 'approved' && action === deciding.action,
              )?.details
            }
            choices={emergencies.map(({ action }) => action)}
            onChoose={action => setDeciding({ action, mode: 'emergency' })}
            onClose={close}
            onInstead={action => setDeciding({ action, mode: 'act' })}
            onAsked={() => {
              close();
              onApprovals?.();
            }}
            onAccepted={answer => {
              close();
              accepted({ action: deciding.action, ...answer });
            }}
          />
        </Suspense>
      )}
      {approvingNow && (
        <Suspense fallback={undefined}>
          <ApprovalDialog
            request={approvingNow}
            rollout={rollout}
            decision="approve"
            onClose={() => setApproving(undefined)}
            onAnswered={after => {
              setApproving(undefined);
              onApprovals?.(after);
            }}
            onMoved={after => onApprovals?.(after)}
          />
        </Suspense>
      )}
    </div>
  );
};
