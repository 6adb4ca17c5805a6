import type {
  RolloutSummary,
  RouteChip,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiFileCopy2Line, RiFlaskLine, RiSignpostLine } from '@remixicon/react';
import { parseImage } from '../format/image';
import { formatPercent } from '../format/percent';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { stableImage, trafficShare } from './trafficShare';
import styles from './TrafficBar.module.css';

const CHIP_ICONS = {
  header: RiSignpostLine,
  mirror: RiFileCopy2Line,
  experiment: RiFlaskLine,
};

/**
 * Where requests go: the filled part is what is routed, the tick is what is
 * wanted. Stable and canary differ in lightness and pattern, not only colour.
 */
export const TrafficBar = (props: {
  rollout: RolloutSummary;
  routes?: RouteChip[];
}) => {
  const { t } = useRolloutsTranslation();
  const { weights, pods } = props.rollout;
  const share = trafficShare(props.rollout);
  const { actual, desired, settled } = share;
  const canaryRole = t(`role.${share.canaryRole}`);
  const stableRole = t(`role.${share.stableRole}`);
  const routed = formatPercent(actual, 1);
  const wanted = formatPercent(desired, 1);
  const differs = Math.abs(actual - desired) > 0.0005;

  let said: string;
  if (settled) {
    const image = stableImage(props.rollout.images);
    said = t('traffic.settled', {
      version: image ? parseImage(image).version : stableRole,
      percent: formatPercent(1, 1),
    });
  } else if (!weights.routed) {
    said = t('traffic.byReplicas', {
      percent: routed,
      ready: String(pods.canary.available),
      desired: String(pods.canary.available + pods.stable.available),
    });
  } else {
    said = `${t('traffic.wanted', { percent: wanted })} · ${t('traffic.routed', { percent: routed })}`;
  }

  return (
    <div className={styles.traffic}>
      <div className={styles.line}>
        <span className={styles.side} data-side={settled ? 'stable' : 'canary'}>
          <span className={styles.swatch} aria-hidden="true" />
          {settled ? stableRole : canaryRole}
        </span>
        <div
          className={styles.bar}
          role="img"
          aria-label={
            settled
              ? t('traffic.settledLabel', {
                  percent: formatPercent(1, 1),
                  role: stableRole,
                })
              : t('traffic.label', {
                  canary: routed,
                  canaryRole,
                  stable: formatPercent(1 - actual, 1),
                  stableRole,
                  wanted,
                })
          }
        >
          {!settled && (
            <>
              <div
                className={styles.fill}
                style={{ width: `${actual * 100}%` }}
              />
              <div
                className={styles.tick}
                data-differs={differs || undefined}
                style={{ left: `${desired * 100}%` }}
              />
            </>
          )}
        </div>
        <span className={styles.said}>{said}</span>
      </div>
      {props.routes && props.routes.length > 0 && (
        <ul className={styles.routes} aria-label={t('traffic.routes')}>
          {props.routes.map(route => {
            const Icon = CHIP_ICONS[route.kind];
            return (
              <li key={`${route.kind} ${route.label}`} className={styles.chip}>
                <Icon size={14} aria-hidden="true" />
                {route.label}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};
