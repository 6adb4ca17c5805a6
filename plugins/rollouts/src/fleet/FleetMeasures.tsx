import { Alert, Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  MeasuresResponse,
  ReleaseMeasures,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { DateTime } from 'luxon';
import { useCallback } from 'react';
import { historyApiRef } from '../api/HistoryApi';
import { useRead } from '../api/useRead';
import { formatPercent, oneDecimal } from '../format/percent';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './FleetMeasures.module.css';

const DAYS = 90;

interface Measure {
  name: 'deployments' | 'leadTime' | 'failures' | 'restore';
  value: string | undefined;
  note: string;
  /** What is drawn of each week; `undefined`: nothing is known of it. */
  of(measures: ReleaseMeasures): number | undefined;
  say(value: number): string;
}

/** How releases go, over all that the reader may see: four numbers and their weeks. */
export const FleetMeasures = () => {
  const { t } = useRolloutsTranslation();
  const api = useApi(historyApiRef);
  const { value, error } = useRead(
    useCallback(
      (signal: AbortSignal) =>
        api.getMeasures(
          { from: DateTime.utc().minus({ days: DAYS }).toISO() },
          { signal },
        ),
      [api],
    ),
  );
  return (
    <section className={styles.measures}>
      <p className={styles.range}>
        {t('fleet.measures.range', { days: String(DAYS) })}
      </p>
      {error && !value && (
        <div role="alert">
          <Alert
            status="danger"
            icon
            title={t('fleet.measures.error', { message: error.message })}
          />
        </div>
      )}
      {!value && !error && (
        <div className={styles.grid} aria-busy="true">
          {[1, 2, 3, 4].map(each => (
            <Skeleton key={each} width="100%" height={168} />
          ))}
        </div>
      )}
      {value && <MeasureGrid measures={value} />}
    </section>
  );
};

function MeasureGrid({ measures }: { measures: MeasuresResponse }) {
  const list = useMeasures(measures);
  const { t } = useRolloutsTranslation();
  return (
    <div className={styles.grid}>
      {list.map(({ name, value, note, of, say }) => {
        const heights = measures.buckets.map(of);
        const highest = Math.max(0, ...heights.map(height => height ?? 0));
        return (
          <article key={name} className={styles.measure}>
            <h3 className={styles.title}>
              {t(`fleet.measures.by.${name}.title`)}
            </h3>
            <p className={styles.value}>
              {value ?? t('fleet.measures.notKnown')}
            </p>
            <p className={styles.note}>{note}</p>
            <ol className={styles.weeks}>
              {measures.buckets.map(({ from }, at) => {
                const height = heights[at];
                const day = DateTime.fromISO(from, {
                  zone: 'utc',
                }).toLocaleString({ month: 'short', day: 'numeric' });
                const said =
                  height === undefined
                    ? t('fleet.measures.weekNone', { day })
                    : t('fleet.measures.week', { day, value: say(height) });
                return (
                  <li
                    key={from}
                    className={styles.week}
                    title={said}
                    aria-label={said}
                  >
                    {height !== undefined && (
                      <span
                        className={styles.height}
                        style={{
                          height: `${highest > 0 ? Math.max(4, (height / highest) * 100) : 4}%`,
                        }}
                      />
                    )}
                  </li>
                );
              })}
            </ol>
          </article>
        );
      })}
    </div>
  );
}

function useMeasures(measures: MeasuresResponse): Measure[] {
  const { t, time } = useRolloutsTranslation();
  const { leadTime, timeToRestore } = measures;
  return [
    {
      name: 'deployments',
      value: t('fleet.measures.by.deployments.value', {
        perDay: oneDecimal(measures.deploymentsPerDay),
      }),
      note: t('fleet.measures.by.deployments.note', {
        count: measures.deployments,
      }),
      of: ({ deployments }) => deployments,
      say: String,
    },
    {
      name: 'leadTime',
      value:
        leadTime.medianSeconds === undefined
          ? undefined
          : time.duration(leadTime.medianSeconds),
      note:
        leadTime.count === 0
          ? t('fleet.measures.by.leadTime.unknown')
          : t('fleet.measures.by.leadTime.note', { count: leadTime.count }),
      of: week => week.leadTime.medianSeconds,
      say: time.duration,
    },
    {
      name: 'failures',
      value:
        measures.changeFailureRate === undefined
          ? undefined
          : formatPercent(measures.changeFailureRate, 1),
      note:
        measures.ended === 0
          ? t('fleet.measures.none')
          : t('fleet.measures.by.failures.note', {
              failed: String(measures.failed),
              ended: String(measures.ended),
            }),
      of: ({ changeFailureRate }) => changeFailureRate,
      say: rate => formatPercent(rate, 1),
    },
    {
      name: 'restore',
      value:
        timeToRestore.medianSeconds === undefined
          ? undefined
          : time.duration(timeToRestore.medianSeconds),
      note:
        timeToRestore.count === 0
          ? t('fleet.measures.by.restore.unknown')
          : t('fleet.measures.by.restore.note', { count: timeToRestore.count }),
      of: week => week.timeToRestore.medianSeconds,
      say: time.duration,
    },
  ];
}
