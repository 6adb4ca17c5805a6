import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatMeasurement } from '../format/measurement';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { MetricStatus } from './MetricStatus';
import { Sparkline } from './Sparkline';
import styles from './MetricSummary.module.css';

/** One metric in one line: name, last value, its run, what it needs. */
export const MetricSummary = ({
  metric,
  plain = false,
}: {
  metric: MetricView;
  /** Without the small chart, where a large one follows. */
  plain?: boolean;
}) => {
  const { t } = useRolloutsTranslation();
  const value = formatMeasurement(metric.last, metric.unit);
  const failing =
    metric.last?.phase === 'Failed' || metric.last?.phase === 'Error';
  return (
    <div className={styles.metric}>
      <span className={styles.name}>{metric.name}</span>
      <span className={styles.value} data-failing={failing || undefined}>
        {metric.last?.notANumber
          ? t('metrics.notANumber', { value: metric.last.notANumber })
          : (value ?? t('metrics.noValue'))}
      </span>
      {!plain && metric.measurements.length > 1 && (
        <Sparkline metric={metric} />
      )}
      {metric.threshold && (
        <span className={styles.needs}>
          {t('metrics.needs', { threshold: metric.threshold.label })}
        </span>
      )}
      {metric.phase !== 'Running' && <MetricStatus phase={metric.phase} />}
      {metric.dryRun && (
        <span className={styles.needs}>{t('metrics.dryRun')}</span>
      )}
    </div>
  );
};
