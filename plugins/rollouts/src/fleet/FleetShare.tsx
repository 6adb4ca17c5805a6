import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatPercent } from '../format/percent';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './FleetShare.module.css';

/** The new version's share: filled what is routed, ticked what is wanted. */
export const FleetShare = ({ row }: { row: FleetRow }) => {
  const { t } = useRolloutsTranslation();
  const { actual, desired } = row.share;
  const settled = isSettled(row);
  const percent = formatPercent(actual, 1);
  const differs = Math.abs(actual - desired) > 0.0005;
  return (
    <span
      className={styles.share}
      title={
        differs
          ? t('fleet.row.wanted', {
              percent,
              desired: formatPercent(desired, 1),
            })
          : t('fleet.row.share', { percent })
      }
    >
      <span className={styles.percent}>{percent}</span>
      <span
        className={styles.bar}
        data-settled={settled || undefined}
        aria-hidden="true"
      >
        <span
          className={styles.fill}
          style={{ transform: `scaleX(${actual})` }}
        />
        {differs && (
          <span className={styles.tick} style={{ left: `${desired * 100}%` }} />
        )}
      </span>
    </span>
  );
};

/** Nothing is under way: what is paused by hand may have brought its version to everybody before. */
function isSettled({ state, share, step, waits }: FleetRow): boolean {
  return (
    state === 'Healthy' ||
    (waits?.for === 'resume' &&
      share.actual === 1 &&
      share.desired === 1 &&
      (!step || step.index === step.count))
  );
}
