import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatMeasurement } from '../format/measurement';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { MetricStatus } from './MetricStatus';
import styles from './MeasurementTable.module.css';

/** Each measurement in words, newest first. */
export const MeasurementTable = ({ metric }: { metric: MetricView }) => {
  const { t, time } = useRolloutsTranslation();
  return (
    <table className={styles.table} aria-label={t('metrics.table')}>
      <thead>
        <tr>
          <th scope="col">{t('metrics.column.at')}</th>
          <th scope="col">{t('metrics.column.value')}</th>
          <th scope="col">{t('metrics.column.result')}</th>
          <th scope="col">{t('metrics.column.message')}</th>
        </tr>
      </thead>
      <tbody>
        {[...metric.measurements].reverse().map((measurement, i) => (
          <tr key={`${measurement.startedAt} ${i}`}>
            <td>
              {measurement.startedAt && (
                <time
                  dateTime={measurement.startedAt}
                  title={time.exact(measurement.startedAt)}
                >
                  {time.clock(measurement.startedAt)}
                </time>
              )}
            </td>
            <td>{formatMeasurement(measurement, metric.unit)}</td>
            <td>
              <MetricStatus phase={measurement.phase} />
            </td>
            <td>{measurement.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
