import type {
  AnalysisRunView,
  RolloutResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useState } from 'react';
import { MetricPanel } from '../metrics/MetricPanel';
import { MetricStatus } from '../metrics/MetricStatus';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { EndAnalysis } from './EndAnalysis';
import styles from './AnalysisRunList.module.css';

/** All analysis runs, newest first; each opens to its metrics. */
export const AnalysisRunList = (props: RolloutResponse) => {
  const { t } = useRolloutsTranslation();
  const { analysisRuns } = props.rollout;
  return analysisRuns.length === 0 ? (
    <p className={styles.none}>{t('analysis.none')}</p>
  ) : (
    <ul className={styles.runs}>
      {analysisRuns.map(run => (
        <Run key={run.uid} run={run} {...props} />
      ))}
    </ul>
  );
};

function Run({ run, ...response }: { run: AnalysisRunView } & RolloutResponse) {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const [open, setOpen] = useState(false);
  const running = run.phase === 'Running' || run.phase === 'Pending';
  return (
    <li className={styles.run}>
      <details onToggle={event => setOpen(event.currentTarget.open)}>
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
      {running && <EndAnalysis run={run.name} {...response} />}
    </li>
  );
}
