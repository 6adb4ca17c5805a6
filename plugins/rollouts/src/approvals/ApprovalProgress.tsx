import type { ApprovalRequirement } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RiAlertLine,
  RiChat3Line,
  RiCheckLine,
  RiCloseLine,
  RiHourglassLine,
} from '@remixicon/react';
import { useNow } from '../live/useNow';
import { Person } from '../people/Person';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { KnownApproval } from './approvalState';
import styles from './ApprovalProgress.module.css';

/** Who is asked, who has answered, and what else must hold. */
export const ApprovalProgress = ({ request }: { request: KnownApproval }) => (
  <div className={styles.progress}>
    {request.requirements.map(requirement => (
      <Requirement key={requirement.policy} requirement={requirement} />
    ))}
    <Answers request={request} />
  </div>
);

function Requirement({ requirement }: { requirement: ApprovalRequirement }) {
  const { t } = useRolloutsTranslation();
  const { approvers, given, required, match, broken } = requirement;
  return (
    <div className={styles.requirement} title={requirement.description}>
      <p className={styles.line}>
        <Pips given={given} required={required} />
        <span>
          {approvers.map(({ ref, ...count }, i) => (
            <span key={ref}>
              {i > 0 && ', '}
              <Person who={ref} />
              {match === 'all' && approvers.length > 1 && (
                <>
                  {' '}
                  {t('approvals.group', {
                    given: String(count.given),
                    required: String(count.required),
                  })}
                </>
              )}
            </span>
          ))}
          {': '}
          {t('approvals.groupLabel', {
            given: String(given),
            required: String(required),
          })}
        </span>
        <span className={styles.quiet}>{requirement.title}</span>
      </p>
      {broken && (
        <p className={styles.broken}>
          <RiAlertLine size={14} aria-hidden="true" />
          {t('approvals.broken', { message: broken })}
        </p>
      )}
      {requirement.conditions.map(({ kind, message, met }) => {
        const Icon = met ? RiCheckLine : RiHourglassLine;
        return (
          <p key={kind} className={styles.line} data-met={met}>
            <Icon
              size={16}
              aria-label={t(`approvals.condition.${met ? 'met' : 'unmet'}`)}
            />
            {message}
          </p>
        );
      })}
    </div>
  );
}

/** One dot for each approval, filled when it is given; the words say the same. */
function Pips({ given, required }: { given: number; required: number }) {
  return required > 8 ? null : (
    <span className={styles.pips} aria-hidden="true">
      {Array.from({ length: required }, (_, i) => (
        <span key={i} data-given={i < given || undefined} />
      ))}
    </span>
  );
}

function Answers({ request }: { request: KnownApproval }) {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const answers = [
    ...request.votes.map(({ by, at, decision, reason, onBehalfOf }) => ({
      key: `vote ${by} ${onBehalfOf ?? ''}`,
      by,
      at,
      kind: decision,
      text: reason,
      onBehalfOf,
    })),
    ...(request.comments ?? []).map(({ id, by, at, text }) => ({
      key: `comment ${id}`,
      by,
      at,
      kind: 'comment' as const,
      text,
      onBehalfOf: undefined,
    })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (answers.length === 0) {
    return null;
  }
  return (
    <ul className={styles.answers}>
      {answers.map(({ key, by, at, kind, text, onBehalfOf }) => (
        <li key={key} className={styles.line} data-kind={kind}>
          {kind === 'approve' && <RiCheckLine size={16} aria-hidden="true" />}
          {kind === 'reject' && <RiCloseLine size={16} aria-hidden="true" />}
          {kind === 'comment' && <RiChat3Line size={16} aria-hidden="true" />}
          <span className={styles.words}>
            <Person who={by} />{' '}
            {kind === 'comment'
              ? t('approvals.commented')
              : t(`approvals.vote.${kind}`)}
            {onBehalfOf && (
              <>
                {' '}
                {t('approvals.onBehalfOf')} <Person who={onBehalfOf} />
              </>
            )}
            {text && (
              <>
                {': '}
                {text}
              </>
            )}{' '}
            <time className={styles.quiet} dateTime={at} title={time.exact(at)}>
              {time.age(at, now)}
            </time>
          </span>
        </li>
      ))}
    </ul>
  );
}
