import type {
  ApprovalRequestDetail,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Button } from '@backstage/ui';
import {
  RiCloseCircleLine,
  RiShieldCheckLine,
  RiShieldUserLine,
  RiTimeLine,
} from '@remixicon/react';
import { lazy, Suspense, useId, useState } from 'react';
import { useAddressed } from '../address/useAddressed';
import { useNow } from '../live/useNow';
import { Person } from '../people/Person';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { ApprovalDecision } from './approvalDecision';
import { ApprovalNumbers } from './ApprovalNumbers';
import { ApprovalProgress } from './ApprovalProgress';
import { isOpen, type KnownApproval } from './approvalState';
import { effectInWords } from './effectInWords';
import { TimeLeft } from './TimeLeft';
import styles from './ApprovalPanel.module.css';

const ApprovalDialog = lazy(async () => ({
  default: (await import('./ApprovalDialog')).ApprovalDialog,
}));

export interface ApprovalPanelProps {
  request: KnownApproval;
  rollout: RolloutDetail;
  /** With the numbers; without, where they are in view anyway. */
  full?: boolean;
  /** The request has changed by the reader's own answer. */
  onAnswered(after?: ApprovalRequestDetail): void;
}

/** What is asked, of whom, who has answered, until when. */
export const ApprovalPanel = (props: ApprovalPanelProps) => {
  const { request, rollout, full } = props;
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const titleId = useId();
  const addressed = useAddressed<HTMLElement>({ approval: request.id });
  const { state, createdAt, snapshot } = request;
  const open = isOpen(request);
  const showsVotes = open || full === true;
  const saidByVoter =
    showsVotes &&
    request.votes.some(({ reason }) => reason === request.stateReason);
  return (
    <section
      ref={addressed}
      tabIndex={-1}
      className={styles.panel}
      data-state={state}
      aria-labelledby={titleId}
    >
      <header className={styles.head}>
        <p id={titleId} className={styles.title}>
          <StateIcon state={state} />
          {state !== 'pending' && (
            // Said aloud here where no reason below says it.
            <span
              className={styles.state}
              role={saidByVoter ? 'status' : undefined}
            >
              {t(`approvals.ended.${state}`)}
            </span>
          )}
          <span>
            <Person who={request.requestedBy} />{' '}
            {t(state === 'pending' ? 'approvals.asks' : 'approvals.asked')}{' '}
            <strong>{request.label}</strong>
          </span>
        </p>
        <span className={styles.quiet}>
          <time dateTime={createdAt} title={time.exact(createdAt)}>
            {open
              ? time.age(createdAt, now)
              : t('approvals.askedAt', { age: time.age(createdAt, now) })}
          </time>
          {open && (
            <>
              {' · '}
              <TimeLeft
                until={request.expiresAt}
                words={left => t('approvals.expires', { left })}
                over={t('approvals.expired')}
              />
            </>
          )}
          {!open && request.endedAt && (
            <>
              {' · '}
              <time
                dateTime={request.endedAt}
                title={time.exact(request.endedAt)}
              >
                {t('approvals.endedAt', {
                  age: time.age(request.endedAt, now),
                })}
              </time>
            </>
          )}
        </span>
      </header>
      {request.stateReason && !saidByVoter && (
        <p className={styles.reason} role="status">
          {request.stateReason}
        </p>
      )}
      {request.reason && open && (
        <p className={styles.quote}>{request.reason}</p>
      )}
      {showsVotes && <ApprovalProgress request={request} />}
      {full && open && snapshot && (
        <ApprovalNumbers snapshot={snapshot} rollout={rollout} />
      )}
      {state === 'pending' && (
        <p className={styles.quiet}>{effectInWords(request, t)}</p>
      )}
      {state === 'approved' && (
        <p className={styles.quiet}>{t('approvals.unlocked')}</p>
      )}
      {open && <Answers {...props} />}
    </section>
  );
};

function StateIcon({ state }: Pick<KnownApproval, 'state'>) {
  switch (state) {
    case 'pending':
      return <RiShieldUserLine size={18} aria-hidden="true" />;
    case 'approved':
    case 'executing':
    case 'executed':
      return <RiShieldCheckLine size={18} aria-hidden="true" />;
    case 'expired':
      return <RiTimeLine size={18} aria-hidden="true" />;
    default:
      return <RiCloseCircleLine size={18} aria-hidden="true" />;
  }
}

/** The answers beside the main one, which stands among the actions. */
function Answers({ request, rollout, onAnswered }: ApprovalPanelProps) {
  const { t } = useRolloutsTranslation();
  const [deciding, setDeciding] = useState<ApprovalDecision>();
  const { rights, state } = request;
  const answers: Exclude<ApprovalDecision, 'approve'>[] =
    state === 'pending'
      ? ['reject', 'comment', 'withdraw']
      : ['comment', 'withdraw'];
  const whyNot =
    state === 'pending' && !rights.approve.allowed
      ? rights.approve.reason
      : undefined;
  return (
    <div className={styles.answers}>
      {answers
        .filter(answer => rights[answer].allowed)
        .map(answer => (
          <Button
            key={answer}
            size="small"
            variant="tertiary"
            onPress={() => setDeciding(answer)}
          >
            {t(`approvals.action.${answer}`)}
          </Button>
        ))}
      {whyNot && <span className={styles.quiet}>{whyNot}</span>}
      {deciding && (
        <Suspense fallback={undefined}>
          <ApprovalDialog
            request={request}
            rollout={rollout}
            decision={deciding}
            onClose={() => setDeciding(undefined)}
            onAnswered={after => {
              setDeciding(undefined);
              onAnswered(after);
            }}
            onMoved={onAnswered}
          />
        </Suspense>
      )}
    </div>
  );
}
