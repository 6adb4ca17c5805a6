import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Skeleton } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import { lazy, Suspense } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { Translate } from '../translation/ref';
import { MetricSummary } from './MetricSummary';
import styles from './MetricPanel.module.css';

const MetricChart = lazy(async () => ({
  default: (await import('./MetricChart')).MetricChart,
}));

/** A negative limit allows any number (Argo Rollouts, FailureLimit). */
function failuresInWords(failed: number, limit: number, t: Translate): string {
  if (limit < 0) {
    return t('metrics.failuresUnlimited', { failed: String(failed) });
  }
  if (limit === 0) {
    return t('metrics.failuresNone', { failed: String(failed) });
  }
  return t(failed > limit ? 'metrics.failuresOver' : 'metrics.failures', {
    failed: String(failed),
    limit: String(limit),
  });
}

/** "5 of 10 measured, 1 of 2 failures allowed": how much of the margin is used. */
function countsInWords({ counts }: MetricView, t: Translate): string {
  const { planned, measured, failed, failureLimit, inconclusive, error } =
    counts;
  return [
    planned === undefined
      ? t('metrics.measured', { measured: String(measured) })
      : t('metrics.measuredOf', {
          measured: String(measured),
          planned: String(planned),
        }),
    failuresInWords(failed, failureLimit, t),
    ...(inconclusive > 0
      ? [t('metrics.inconclusive', { total: String(inconclusive) })]
      : []),
    ...(error > 0 ? [t('metrics.errors', { total: String(error) })] : []),
  ].join(' · ');
}

/** A metric in full: the numbers, the chart, the query it really asked. */
export const MetricPanel = ({ metric }: { metric: MetricView }) => {
  const { t } = useRolloutsTranslation();
  return (
    <div className={styles.metric}>
      <MetricSummary metric={metric} plain />
      <p className={styles.counts}>{countsInWords(metric, t)}</p>
      {metric.message && <p className={styles.message}>{metric.message}</p>}
      {metric.warnings.map(warning => (
        <p key={warning} className={styles.warning}>
          <RiAlertLine size={14} aria-hidden="true" />
          {warning}
        </p>
      ))}
      {metric.measurements.length > 0 && (
        <Suspense fallback={<Skeleton width="100%" height={184} />}>
          <MetricChart metric={metric} />
        </Suspense>
      )}
      <details className={styles.query}>
        <summary className={styles.summary}>{t('metrics.query')}</summary>
        <dl className={styles.terms}>
          <dt>{t('metrics.provider')}</dt>
          <dd>{metric.provider}</dd>
          {metric.successCondition && (
            <>
              <dt>{t('metrics.condition')}</dt>
              <dd>
                <code>{metric.successCondition}</code>
              </dd>
            </>
          )}
          {metric.failureCondition && (
            <>
              <dt>{t('metrics.failureCondition')}</dt>
              <dd>
                <code>{metric.failureCondition}</code>
              </dd>
            </>
          )}
        </dl>
        {metric.resolvedQuery && (
          <pre className={styles.code}>{metric.resolvedQuery}</pre>
        )}
      </details>
    </div>
  );
};
