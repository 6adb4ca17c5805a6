import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { chartScale, lineRuns } from './chartScale';
import styles from './Sparkline.module.css';

const WIDTH = 72;
const HEIGHT = 18;
const INSET = 3;
const MOST = 24;

/** The last measurements without axes; the line beside it says it in words. */
export const Sparkline = ({ metric }: { metric: MetricView }) => {
  const { points, threshold } = chartScale({
    ...metric,
    measurements: metric.measurements.slice(-MOST),
  });
  const x = (fraction: number) => INSET + fraction * (WIDTH - 2 * INSET);
  const y = (fraction: number) =>
    HEIGHT - INSET - fraction * (HEIGHT - 2 * INSET);
  return (
    <svg
      className={styles.spark}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      {threshold !== undefined && (
        <line
          className={styles.threshold}
          x1={0}
          x2={WIDTH}
          y1={y(threshold)}
          y2={y(threshold)}
        />
      )}
      {lineRuns(points).map(run => (
        <polyline
          key={run[0]?.index}
          className={styles.line}
          points={run.map(p => `${x(p.x)},${y(p.y ?? 0)}`).join(' ')}
        />
      ))}
      {points.map(p =>
        p.y !== undefined &&
        (p.phase === 'Failed' || p.index === points.length - 1) ? (
          <circle
            key={p.index}
            className={styles.point}
            data-phase={p.phase}
            cx={x(p.x)}
            cy={y(p.y)}
            r={2}
          />
        ) : undefined,
      )}
    </svg>
  );
};
