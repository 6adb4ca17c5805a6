import type { ActionLock } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiLockLine, RiSnowflakeLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { asSentence } from '../format/asSentence';
import { keepUnits } from '../format/sentence';
import { SentenceWithPeople } from '../people/SentenceWithPeople';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { TimeLeft } from './TimeLeft';
import styles from './LockNotes.module.css';

/** What locks an action: by what, why, until when, what would help. */
export const LockNotes = (props: {
  locks: ActionLock[];
  /** A way to unlock, after the notes. */
  children?: ReactNode;
}) => {
  const { t } = useRolloutsTranslation();
  return (
    <ul className={styles.locks}>
      {props.locks.map(lock => {
        const Icon = lock.gate === 'freeze' ? RiSnowflakeLine : RiLockLine;
        return (
          <li
            key={`${lock.gate} ${lock.name}`}
            className={styles.lock}
            data-gate={lock.gate}
          >
            <Icon size={16} aria-hidden="true" />
            <span>
              <strong>{t(`approvals.lock.${lock.gate}`)}</strong>{' '}
              <SentenceWithPeople>
                {keepUnits(asSentence(lock.reason))}
              </SentenceWithPeople>{' '}
              {lock.until && (
                <TimeLeft
                  until={lock.until}
                  words={left => `${t('approvals.lock.until', { left })}. `}
                />
              )}
              {lock.gate === 'freeze' && (
                <span className={styles.quiet}>{lock.remedy}</span>
              )}
            </span>
          </li>
        );
      })}
      {props.children && <li className={styles.help}>{props.children}</li>}
    </ul>
  );
};
