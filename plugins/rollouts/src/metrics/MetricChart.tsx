import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatMeasurement, formatMetricNumber } from '../format/measurement';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { chartScale, lineRuns, type ChartPoint } from './chartScale';
import { MeasurementTable } from './MeasurementTable';
import styles from './MetricChart.module.css';

const WIDTH = 560;
const HEIGHT = 160;
const LEFT = 68;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 24;

const x = (point: { x: number }) => LEFT + point.x * (WIDTH - LEFT - RIGHT);
const y = (fraction: number) => TOP + (1 - fraction) * (HEIGHT - TOP - BOTTOM);

/**
 * Measurements over time with the threshold; failed ones are crosses, not
 * only red, and a measurement without a number is a question mark on the
 * axis. The table below says the same in words.
 */
export const MetricChart = ({ metric }: { metric: MetricView }) => {
  const { t, time } = useRolloutsTranslation();
  const { measurements, unit } = metric;
  const scale = chartScale(metric);
  const [first] = measurements;
  const last = measurements.at(-1);
  // The time of a single measurement stands below it.
  const only = scale.points.length === 1 ? scale.points[0] : undefined;

  return (
    <div className={styles.chart}>
      <svg
        className={styles.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('metrics.chart', {
          metric: metric.name,
          total: String(measurements.length),
        })}
      >
        {[scale.low, scale.high].map(value => (
          <text
            key={value}
            className={styles.axis}
            x={LEFT - 8}
            y={y(value === scale.low ? 0 : 1) + 4}
            textAnchor="end"
          >
            {formatMetricNumber(value, unit)}
          </text>
        ))}
        <line
          className={styles.base}
          x1={LEFT}
          x2={WIDTH - RIGHT}
          y1={y(0)}
          y2={y(0)}
        />
        {scale.threshold !== undefined && metric.threshold && (
          <>
            <line
              className={styles.threshold}
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={y(scale.threshold)}
              y2={y(scale.threshold)}
            />
            <text
              className={styles.axis}
              x={WIDTH - RIGHT}
              y={y(scale.threshold) + (scale.threshold > 0.8 ? 14 : -5)}
              textAnchor="end"
            >
              {t('metrics.threshold', { threshold: metric.threshold.label })}
            </text>
          </>
        )}
        {lineRuns(scale.points).map(run => (
          <polyline
            key={run[0]?.index}
            className={styles.line}
            points={run.map(p => `${x(p)},${y(p.y ?? 0)}`).join(' ')}
          />
        ))}
        {scale.points.map(point => (
          <g key={point.index}>
            <title>
              {[
                formatMeasurement(measurements[point.index], unit),
                t(`metrics.phase.${point.phase}`),
              ].join(', ')}
            </title>
            <Mark point={point} />
          </g>
        ))}
        {first?.startedAt && (
          <text
            className={styles.axis}
            x={only ? x(only) : LEFT}
            y={HEIGHT - 6}
            textAnchor={only ? 'middle' : 'start'}
          >
            {time.clock(first.startedAt)}
          </text>
        )}
        {last?.startedAt && measurements.length > 1 && (
          <text
            className={styles.axis}
            x={WIDTH - RIGHT}
            y={HEIGHT - 6}
            textAnchor="end"
          >
            {time.clock(last.startedAt)}
          </text>
        )}
      </svg>
      <details className={styles.table}>
        <summary className={styles.summary}>{t('metrics.showTable')}</summary>
        <MeasurementTable metric={metric} />
      </details>
    </div>
  );
};

function Mark({ point }: { point: ChartPoint }) {
  const left = x(point);
  if (point.y === undefined) {
    return (
      <text
        className={styles.unknown}
        x={left}
        y={y(0) - 4}
        textAnchor="middle"
      >
        ?
      </text>
    );
  }
  const top = y(point.y);
  return point.phase === 'Failed' || point.phase === 'Error' ? (
    <path
      className={styles.failed}
      d={`M${left - 4},${top - 4}l8,8m0,-8l-8,8`}
    />
  ) : (
    <circle className={styles.point} cx={left} cy={top} r={3} />
  );
}
