import type { Release } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ReactNode } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './ReleaseFacts.module.css';

const HASH_CHARACTERS = 12;

/** Where and when, exactly, and where it stands in the record. */
export const ReleaseFacts = ({ release }: { release: Release }) => {
  const { t, time } = useRolloutsTranslation();
  const { ref, chain } = release;
  const moment = (at: string) => (
    <time dateTime={at} title={at}>
      {time.exact(at)}
    </time>
  );
  const ended =
    release.outcome === 'in-progress'
      ? t('history.facts.stillRunning')
      : t('history.facts.unknown');
  const facts: [string, ReactNode][] = [
    [
      t('history.facts.where'),
      `${ref.cluster} / ${ref.namespace} / ${ref.name}`,
    ],
    [
      t('history.facts.started'),
      release.startedAt
        ? moment(release.startedAt)
        : t('history.facts.unknown'),
    ],
    [
      t('history.facts.ended'),
      release.endedAt ? moment(release.endedAt) : ended,
    ],
    ...(release.restoredAt
      ? [
          [t('history.facts.restored'), moment(release.restoredAt)] satisfies [
            string,
            ReactNode,
          ],
        ]
      : []),
    ...(release.committedAt
      ? [
          [
            t('history.facts.committed'),
            moment(release.committedAt),
          ] satisfies [string, ReactNode],
        ]
      : []),
    [t('history.facts.hash'), <code key="hash">{release.podHash}</code>],
    [
      t('history.facts.chain'),
      <span key="chain" title={chain.hash}>
        {t('history.facts.chainValue', {
          first: String(chain.first),
          last: String(chain.last),
          hash: chain.hash.slice(0, HASH_CHARACTERS),
        })}
      </span>,
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
