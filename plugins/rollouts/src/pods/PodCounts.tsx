import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './PodCounts.module.css';

/** Ready of wanted pods on either side. */
export const PodCounts = ({
  rollout,
}: {
  rollout: Pick<RolloutSummary, 'pods' | 'strategy'>;
}) => {
  const { t } = useRolloutsTranslation();
  const { canary, stable } = rollout.pods;
  const blueGreen = rollout.strategy === 'blueGreen';
  return (
    <span className={styles.counts}>
      {(canary.desired > 0 || canary.ready > 0) && (
        <Count
          role={t(blueGreen ? 'role.preview' : 'role.canary')}
          counts={canary}
        />
      )}
      <Count
        role={t(blueGreen ? 'role.active' : 'role.stable')}
        counts={stable}
      />
    </span>
  );
};

function Count(props: {
  role: string;
  counts: { ready: number; desired: number };
}) {
  const { t } = useRolloutsTranslation();
  const { ready, desired } = props.counts;
  return (
    <span
      data-short={ready < desired || undefined}
      title={t('pods.countsLong', {
        ready: String(ready),
        desired: String(desired),
      })}
    >
      {t('pods.counts', {
        role: props.role,
        ready: String(ready),
        desired: String(desired),
      })}
    </span>
  );
}
