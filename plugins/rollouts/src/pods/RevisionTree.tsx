import type {
  PodView,
  RevisionView,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { lazy, Suspense, useState } from 'react';
import { parseImage } from '../format/image';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { PodRow } from './PodRow';
import styles from './RevisionTree.module.css';

const PodLog = lazy(async () => ({
  default: (await import('./PodLog')).PodLog,
}));

/** Revisions, their ReplicaSets and pods; earlier ones without pods fold away. */
export const RevisionTree = ({
  rollout,
}: {
  rollout: Pick<RolloutDetail, 'revisions' | 'ref'>;
}) => {
  const { t } = useRolloutsTranslation();
  const [reading, setReading] = useState<PodView>();
  const inUse = rollout.revisions.filter(
    ({ role, pods }) => role !== 'old' || pods.length > 0,
  );
  const old = rollout.revisions.filter(revision => !inUse.includes(revision));
  if (rollout.revisions.length === 0) {
    return <p className={styles.none}>{t('pods.noRevisions')}</p>;
  }
  return (
    <>
      <ul className={styles.revisions}>
        {inUse.map(revision => (
          <Revision
            key={revision.replicaSet}
            revision={revision}
            onLog={setReading}
          />
        ))}
      </ul>
      {old.length > 0 && (
        <details>
          <summary className={styles.more}>
            {t('pods.old', { count: old.length })}
          </summary>
          <ul className={styles.revisions}>
            {old.map(revision => (
              <Revision
                key={revision.replicaSet}
                revision={revision}
                onLog={setReading}
              />
            ))}
          </ul>
        </details>
      )}
      {reading && (
        <Suspense fallback={undefined}>
          <PodLog
            rollout={rollout.ref}
            pod={reading.name}
            onClose={() => setReading(undefined)}
          />
        </Suspense>
      )}
    </>
  );
};

function Revision(props: {
  revision: RevisionView;
  onLog(pod: PodView): void;
}) {
  const { revision } = props;
  const { t, time } = useRolloutsTranslation();
  const now = useNow(1000);
  const { replicas, scaleDownAt, createdAt } = revision;
  const left = scaleDownAt ? (Date.parse(scaleDownAt) - now) / 1000 : undefined;
  return (
    <li className={styles.revision}>
      <div className={styles.head}>
        <span className={styles.name}>
          {t('pods.revision', { revision: String(revision.revision) })}
        </span>
        <span className={styles.role} data-role={revision.role}>
          {t(`role.${revision.role}`)}
        </span>
        {revision.images.map(({ container, image }) => (
          <code key={container} title={image} className={styles.image}>
            {parseImage(image).version}
          </code>
        ))}
        <span className={styles.counts}>
          {t('pods.countsLong', {
            ready: String(replicas.ready),
            desired: String(replicas.desired),
          })}
        </span>
        {createdAt && (
          <time
            className={styles.quiet}
            dateTime={createdAt}
            title={time.exact(createdAt)}
          >
            {t('pods.created', { age: time.age(createdAt, now) })}
          </time>
        )}
      </div>
      <div className={styles.quiet}>
        <code>{revision.replicaSet}</code>
        {left !== undefined && (
          <>
            {' · '}
            {left > 0
              ? t('pods.scaleDown', { left: time.duration(left) })
              : t('pods.scaleDownNow')}
          </>
        )}
      </div>
      {revision.pods.length > 0 ? (
        <ul className={styles.pods}>
          {revision.pods.map(pod => (
            <PodRow key={pod.name} pod={pod} onLog={() => props.onLog(pod)} />
          ))}
        </ul>
      ) : (
        <p className={styles.none}>{t('pods.none')}</p>
      )}
    </li>
  );
}
