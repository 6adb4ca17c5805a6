import { Alert } from '@backstage/ui';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Connection } from '../live/keepStream';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './LiveNotices.module.css';

/** A reconnect shorter than this is not worth a word, milliseconds. */
const GRACE_MS = 3_000;

/** How fresh the page is: a lost connection, clusters that are down or silent. */
export const LiveNotices = (props: {
  connection: Connection;
  value: Pick<EntityRolloutsResponse, 'clusters' | 'rollouts' | 'refused'>;
}) => {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(1000);
  const { connection, value } = props;
  const lost =
    connection.state === 'reconnecting' && now - connection.since > GRACE_MS
      ? connection
      : undefined;
  // A silent cluster is told of at each of its rollouts.
  const toldBelow = value.rollouts.flatMap(({ rollout }) =>
    rollout.stale ? [rollout.ref.cluster] : [],
  );
  const down = value.clusters.filter(
    ({ name, state }) => state !== 'ready' && !toldBelow.includes(name),
  );

  return (
    <div className={styles.notices} role="status">
      {lost && (
        <Alert
          status="warning"
          icon
          title={t('connection.lost', {
            age: time.age(new Date(lost.since).toISOString(), now),
          })}
        />
      )}
      {connection.state === 'polling' && (
        <p className={styles.note}>{t('connection.polling')}</p>
      )}
      {down.length > 0 && (
        <Alert
          status="warning"
          icon
          title={
            value.clusters.length > 1
              ? t('clusters.partial', {
                  ready: String(value.clusters.length - down.length),
                  total: String(value.clusters.length),
                })
              : t('clusters.one')
          }
          description={
            <ul className={styles.clusters}>
              {down.map(cluster => (
                <li key={cluster.name}>
                  {t('clusters.down', {
                    cluster: cluster.title ?? cluster.name,
                    message:
                      cluster.message ?? t(`clusters.state.${cluster.state}`),
                  })}
                  {cluster.state === 'stale' && cluster.lastSeen && (
                    <>
                      {' '}
                      {t('clusters.silent', {
                        duration: time.duration(
                          (now - Date.parse(cluster.lastSeen)) / 1000,
                        ),
                      })}
                    </>
                  )}
                  {cluster.remedy && <> {cluster.remedy}</>}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {value.refused.map(({ ref, message }) => (
        <p
          key={`${ref.cluster}/${ref.namespace}/${ref.name}`}
          className={styles.note}
        >
          {t('refused', { name: ref.name, message })}
        </p>
      ))}
    </div>
  );
};
