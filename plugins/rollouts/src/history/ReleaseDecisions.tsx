import type {
  Release,
  ReleaseRequest,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RiAlarmWarningLine,
  RiCheckLine,
  RiChat3Line,
  RiCloseLine,
} from '@remixicon/react';
import { Person } from '../people/Person';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './ReleaseDecisions.module.css';

/** Who asked for what, who answered, and on which numbers. */
export const ReleaseDecisions = ({ release }: { release: Release }) => {
  const { t } = useRolloutsTranslation();
  return release.requests.length === 0 ? (
    <p className={styles.none}>{t('history.decisions.none')}</p>
  ) : (
    <ul className={styles.requests}>
      {release.requests.map(request => (
        <Request key={request.id} request={request} />
      ))}
    </ul>
  );
};

function Request({ request }: { request: ReleaseRequest }) {
  const { t, time } = useRolloutsTranslation();
  const { requestedAt, reason, endReason, passed, policies } = request;
  const said = [
    ...request.votes.map(vote => ({ ...vote, kind: vote.vote })),
    ...request.comments.map(({ by, at, text }) => ({
      by,
      at,
      comment: text,
      kind: 'comment' as const,
      onBehalfOf: undefined,
    })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <li className={styles.request}>
      <p className={styles.asked}>
        <Person who={request.requestedBy} />{' '}
        {t('history.decisions.asked', {
          action: t(`actions.name.${request.action}`).toLocaleLowerCase(),
        })}
        {' · '}
        <time dateTime={requestedAt} title={time.exact(requestedAt)}>
          {time.clock(requestedAt)}
        </time>
        {' · '}
        <span className={styles.state} data-state={request.state}>
          {request.emergency && request.state === 'executed'
            ? t('history.decisions.unapproved')
            : t(`history.decisions.state.${request.state}`)}
        </span>
      </p>
      {request.emergency && (
        <p className={styles.emergency}>
          <RiAlarmWarningLine size={14} aria-hidden="true" />
          {passed ? (
            <span>
              <Person who={passed.by} /> {t('history.decisions.passed')}
              {' · '}
              <time dateTime={passed.at} title={time.exact(passed.at)}>
                {time.clock(passed.at)}
              </time>
              <span className={styles.comment}>{passed.reason}</span>
            </span>
          ) : (
            t('history.decisions.emergency')
          )}
        </p>
      )}
      {reason && <p className={styles.quote}>{reason}</p>}
      <ul className={styles.said}>
        {said.map(({ by, at, comment, kind, onBehalfOf }) => (
          <li key={`${kind} ${by} ${at}`} className={styles.vote}>
            {kind === 'approve' && (
              <RiCheckLine
                size={16}
                className={styles.approve}
                aria-hidden="true"
              />
            )}
            {kind === 'reject' && (
              <RiCloseLine
                size={16}
                className={styles.reject}
                aria-hidden="true"
              />
            )}
            {kind === 'comment' && <RiChat3Line size={16} aria-hidden="true" />}
            <span>
              <Person who={by} />{' '}
              {kind === 'comment'
                ? t('history.events.comment')
                : t(`history.decisions.vote.${kind}`)}
              {onBehalfOf && (
                <>
                  {' '}
                  {t('history.decisions.onBehalfOf')}{' '}
                  <Person who={onBehalfOf} />
                </>
              )}
              {' · '}
              <time dateTime={at} title={time.exact(at)}>
                {time.clock(at)}
              </time>
              {comment && <span className={styles.comment}>{comment}</span>}
            </span>
          </li>
        ))}
      </ul>
      {endReason && !said.some(({ comment }) => comment === endReason) && (
        <p className={styles.none}>{endReason}</p>
      )}
      {request.snapshot.length > 0 && (
        <details className={styles.snapshot}>
          <summary className={styles.summary}>
            {t('history.decisions.snapshot')}
          </summary>
          <dl className={styles.terms}>
            {request.snapshot.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
            {policies.length > 0 && (
              <div>
                <dt>{t('history.decisions.policies')}</dt>
                <dd>{policies.join(', ')}</dd>
              </div>
            )}
          </dl>
        </details>
      )}
    </li>
  );
}
