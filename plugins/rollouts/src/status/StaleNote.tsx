import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiWifiOffLine } from '@remixicon/react';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './StaleNote.module.css';

/** How old what is shown is, and why. */
export const StaleNote = ({
  rollout,
}: {
  rollout: Pick<RolloutDetail, 'stale' | 'ref'>;
}) => {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(1000);
  const { stale, ref } = rollout;
  return stale ? (
    <p className={styles.note}>
      <RiWifiOffLine size={16} aria-hidden="true" />
      {t('connection.stale', {
        cluster: ref.cluster,
        duration: time.duration((now - Date.parse(stale.since)) / 1000),
        reason: stale.reason,
      })}
    </p>
  ) : null;
};
