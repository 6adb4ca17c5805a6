import { useApi } from '@backstage/frontend-plugin-api';
import type { MeasuresResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback } from 'react';
import { historyApiRef } from '../api/HistoryApi';
import { useRead } from '../api/useRead';
import { formatPercent, oneDecimal } from '../format/percent';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './HistoryMeasures.module.css';

const DAY_SECONDS = 86_400;

/** How releases of this entity go: the four measures in one quiet line. */
export const HistoryMeasures = ({ entityRef }: { entityRef: string }) => {
  const api = useApi(historyApiRef);
  const { value } = useRead(
    useCallback(
      (signal: AbortSignal) =>
        api.getMeasures({ entity: entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  // The list says when nothing can be read; this line only keeps its place.
  return (
    <p className={styles.line}>{value && <Measures measures={value} />}</p>
  );
};

function Measures({ measures }: { measures: MeasuresResponse }) {
  const { t, time } = useRolloutsTranslation();
  const { leadTime, timeToRestore, changeFailureRate } = measures;
  const days = Math.round(
    (Date.parse(measures.to) - Date.parse(measures.from)) /
      (DAY_SECONDS * 1000),
  );
  const parts = [
    {
      text: `${t('history.measures.deployments', { count: measures.deployments })}, ${t(
        'history.measures.perDay',
        { perDay: oneDecimal(measures.deploymentsPerDay) },
      )}`,
      hint: t('history.measures.hint.deployments'),
    },
    leadTime.medianSeconds === undefined
      ? {
          text: t('history.measures.leadTimeUnknown'),
          hint: t('history.measures.hint.leadTimeUnknown'),
        }
      : {
          text: t('history.measures.leadTime', {
            duration: time.duration(leadTime.medianSeconds),
          }),
          hint: t('history.measures.hint.leadTime', {
            total: String(leadTime.count),
          }),
        },
    {
      text:
        changeFailureRate === undefined
          ? t('history.measures.failureNone')
          : t('history.measures.failureRate', {
              percent: formatPercent(changeFailureRate, 1),
            }),
      hint: t('history.measures.hint.failureRate', {
        ended: String(measures.ended),
        failed: String(measures.failed),
      }),
    },
    timeToRestore.medianSeconds === undefined
      ? {
          text: t('history.measures.restoreNone'),
          hint: t('history.measures.hint.restoreNone'),
        }
      : {
          text: t('history.measures.restore', {
            duration: time.duration(timeToRestore.medianSeconds),
          }),
          hint: t('history.measures.hint.restore', {
            total: String(timeToRestore.count),
          }),
        },
  ];
  return (
    <>
      {t('history.measures.label', { days: String(days) })}
      {parts.map(({ text, hint }) => (
        <span key={text} className={styles.part} title={hint}>
          {text}
        </span>
      ))}
    </>
  );
}
