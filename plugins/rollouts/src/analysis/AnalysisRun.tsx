import type { AnalysisRunView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useState, type ReactNode } from 'react';
import { MetricPanel } from '../metrics/MetricPanel';
import { MetricStatus } from '../metrics/MetricStatus';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './AnalysisRunList.module.css';

/** One analysis run; opens to its metrics with their measurements. */
export const AnalysisRun = (props: {
  run: AnalysisRunView;
  opened?: boolean;
  /** What can be done about it. */
  children?: ReactNode;
}) => {
  const { run } = props;
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const [open, setOpen] = useState(props.opened ?? false);
  return (
    <li className={styles.run}>
      <details
        open={open}
        onToggle={event => setOpen(event.currentTarget.open)}
      >
        <summary className={styles.summary}>
          <MetricStatus phase={run.phase} />
          <code className={styles.name}>{run.name}</code>
          <span className={styles.quiet}>
            {t(`analysis.kind.${run.kind}`, {
              step: String((run.stepIndex ?? 0) + 1),
            })}
            {run.revision !== undefined && (
              <>
                {' · '}
                {t('analysis.revision', { revision: String(run.revision) })}
              </>
            )}
            {run.startedAt && (
              <>
                {' · '}
                <time
                  dateTime={run.startedAt}
                  title={time.exact(run.startedAt)}
                >
                  {t('analysis.started', { age: time.age(run.startedAt, now) })}
                </time>
              </>
            )}
          </span>
        </summary>
        <div className={styles.metrics}>
          {open &&
            run.metrics.map(metric => (
              <MetricPanel key={metric.name} metric={metric} />
            ))}
        </div>
      </details>
      {(run.verdict ?? run.message) && (
        <p className={styles.verdict}>{run.verdict ?? run.message}</p>
      )}
      {props.children}
    </li>
  );
};
