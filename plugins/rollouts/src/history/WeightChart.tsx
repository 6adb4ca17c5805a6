import type { Release } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useId } from 'react';
import { formatPercent } from '../format/percent';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { weightPlot, type PlotPoint } from './weightPlot';
import styles from './WeightChart.module.css';

const WIDTH = 640;
const HEIGHT = 110;
const LEFT = 44;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;

const x = (fraction: number) => LEFT + fraction * (WIDTH - LEFT - RIGHT);
const y = (fraction: number) => TOP + (1 - fraction) * (HEIGHT - TOP - BOTTOM);
const corners = (points: PlotPoint[]) =>
  points.map(point => `${x(point.x)},${y(point.y)}`).join(' ');

/** How much the new version got, over the release's time; hatched where nobody watched. */
export const WeightChart = ({ release }: { release: Release }) => {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const hatch = useId();
  const plot = weightPlot(release, now);
  if (!plot) {
    return <p className={styles.none}>{t('history.weights.none')}</p>;
  }
  const clock = (at: number) => time.clock(new Date(at).toISOString());
  return (
    <svg
      className={styles.plot}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('history.weights.chart', {
        from: clock(plot.from),
        to: clock(plot.to),
        most: formatPercent(plot.most, 1),
      })}
    >
      <defs>
        <pattern
          id={hatch}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line y2="6" className={styles.hatch} />
        </pattern>
      </defs>
      {[0, 0.5, 1].map(share => (
        <g key={share}>
          <line
            className={styles.grid}
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(share)}
            y2={y(share)}
          />
          <text
            className={styles.axis}
            x={LEFT - 8}
            y={y(share) + 4}
            textAnchor="end"
          >
            {formatPercent(share, 1)}
          </text>
        </g>
      ))}
      <polygon
        className={styles.area}
        points={`${x(0)},${y(0)} ${corners(plot.routed)} ${x(1)},${y(0)}`}
      />
      <polyline className={styles.wanted} points={corners(plot.wanted)} />
      <polyline className={styles.routed} points={corners(plot.routed)} />
      {plot.gaps.map(gap => (
        <g key={gap.x}>
          <title>{t('history.weights.gap')}</title>
          <rect
            className={styles.gap}
            x={x(gap.x)}
            y={TOP}
            width={gap.width * (WIDTH - LEFT - RIGHT)}
            height={HEIGHT - TOP - BOTTOM}
          />
          <rect
            fill={`url(#${hatch})`}
            x={x(gap.x)}
            y={TOP}
            width={gap.width * (WIDTH - LEFT - RIGHT)}
            height={HEIGHT - TOP - BOTTOM}
          />
        </g>
      ))}
      <text className={styles.axis} x={LEFT} y={HEIGHT - 5}>
        {clock(plot.from)}
      </text>
      <text
        className={styles.axis}
        x={WIDTH - RIGHT}
        y={HEIGHT - 5}
        textAnchor="end"
      >
        {clock(plot.to)}
      </text>
    </svg>
  );
};
