import type { RolloutResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { AnalysisRun } from './AnalysisRun';
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
        <AnalysisRun key={run.uid} run={run}>
          {(run.phase === 'Running' || run.phase === 'Pending') && (
            <EndAnalysis run={run.name} {...props} />
          )}
        </AnalysisRun>
      ))}
    </ul>
  );
};
