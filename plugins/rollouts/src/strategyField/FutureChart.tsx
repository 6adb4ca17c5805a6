import type { Timeline } from '@progressive-delivery/delivery/preview';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { futurePlot, type FuturePlot } from './futurePlot';
import styles from './FutureChart.module.css';

const WIDTH = 640;
const LEFT = 44;
const RIGHT = 12;
const TOP = 18;
const PLOT = 150;
const LANE = 16;
const BOTTOM = 22;
/** Narrower ones carry no words. */
const WORDS = 90;

const x = (fraction: number) => LEFT + fraction * (WIDTH - LEFT - RIGHT);
const y = (fraction: number) => TOP + (1 - fraction) * PLOT;

/**
 * The new version's share of the requests over time, with pauses as bands and
 * analyses as bars below. The abort table says the same in numbers.
 * @param moment - milliseconds, marked by a line
 */
export const FutureChart = (props: { timeline: Timeline; moment?: number }) => {
  const { t, time } = useRolloutsTranslation();
  const plot = futurePlot(props.timeline);
  const base = y(0) + 8 + plot.lanes * (LANE + 4);
  const height = base + BOTTOM;

  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={t('strategyField.future.chart', {
        duration: time.duration(plot.length / 1000),
      })}
    >
      <Pauses plot={plot} />
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
            {`${share * 100} %`}
          </text>
        </g>
      ))}
      <Share plot={plot} />
      <Analyses plot={plot} />
      {plot.marks.map(mark => (
        <g key={`${mark.kind}${mark.x}`}>
          <title>{mark.text}</title>
          <line
            className={styles[mark.kind]}
            x1={x(mark.x)}
            x2={x(mark.x)}
            y1={TOP - 8}
            y2={y(0)}
          />
        </g>
      ))}
      {props.moment !== undefined && (
        <line
          className={styles.moment}
          x1={x(props.moment / plot.length)}
          x2={x(props.moment / plot.length)}
          y1={TOP - 8}
          y2={base}
        />
      )}
      {plot.ticks.map(tick => (
        <text
          key={tick}
          className={styles.axis}
          x={x(tick / plot.length)}
          y={height - 6}
          textAnchor={tick === 0 ? 'start' : 'middle'}
        >
          {time.duration(tick / 1_000)}
        </text>
      ))}
    </svg>
  );
};

function Pauses({ plot }: { plot: FuturePlot }) {
  const { t } = useRolloutsTranslation();
  return (
    <>
      {plot.pauses.map(pause => {
        const width = x(pause.to) - x(pause.from);
        return (
          <g key={pause.from}>
            <title>{pause.text}</title>
            <rect
              className={pause.open ? styles.waits : styles.pause}
              x={x(pause.from)}
              y={TOP}
              width={Math.max(1, width)}
              height={PLOT}
            />
            {width > WORDS && (
              <text
                className={styles.band}
                x={(x(pause.from) + x(pause.to)) / 2}
                y={TOP - 5}
                textAnchor="middle"
              >
                {pause.open
                  ? t('strategyField.future.waits')
                  : t('strategyField.future.pause')}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function Share({ plot: { share } }: { plot: FuturePlot }) {
  const line = share.map(each => `${x(each.x)},${y(each.y)}`).join(' ');
  return (
    <>
      <polygon
        className={styles.share}
        points={`${x(0)},${y(0)} ${line} ${x(1)},${y(0)}`}
      />
      <polyline className={styles.edge} points={line} />
    </>
  );
}

function Analyses({ plot }: { plot: FuturePlot }) {
  const { t } = useRolloutsTranslation();
  return (
    <>
      {plot.analyses.map(({ from, to, lane, phase, role, text }) => {
        const width = Math.max(3, x(to) - x(from));
        const top = y(0) + 8 + lane * (LANE + 4);
        const isBad = phase === 'Failed' || phase === 'Error';
        return (
          <g key={`${lane} ${from}`}>
            <title>{text}</title>
            <rect
              className={isBad ? styles.failed : styles.analysis}
              x={x(from)}
              y={top}
              width={width}
              height={LANE}
              rx={3}
            />
            {width > 2 * WORDS && (
              <text
                className={isBad ? styles.saidBad : styles.said}
                x={x(from) + 6}
                y={top + LANE - 5}
              >
                {t('strategyField.future.analysis', { role })}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}
