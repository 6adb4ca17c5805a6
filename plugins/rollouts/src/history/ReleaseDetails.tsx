import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Skeleton } from '@backstage/ui';
import type {
  Release,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback } from 'react';
import { AnalysisRun } from '../analysis/AnalysisRun';
import { historyApiRef } from '../api/HistoryApi';
import { useRead } from '../api/useRead';
import { Section } from '../content/Section';
import { Timeline } from '../timeline/Timeline';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { ReleaseChange } from './ReleaseChange';
import { ReleaseDecisions } from './ReleaseDecisions';
import { releaseEvents } from './releaseEvents';
import { ReleaseFacts } from './ReleaseFacts';
import { ReleaseGaps } from './ReleaseGaps';
import { ReleaseSteps } from './ReleaseSteps';
import { WeightChart } from './WeightChart';
import styles from './ReleaseDetails.module.css';

export interface ReleaseDetailsProps {
  id: string;
  /** The others that are in the list, to compare with. */
  releases: ReleaseSummary[];
  /** Read again when it changes: the release may still go on. */
  signal: string;
  against?: string;
  onAgainst(id: string | undefined): void;
}

/** All that is on record about one release. */
export const ReleaseDetails = (props: ReleaseDetailsProps) => {
  const { t } = useRolloutsTranslation();
  const api = useApi(historyApiRef);
  const { id, signal } = props;
  const { value, error, again } = useRead(
    useCallback(
      (stop: AbortSignal) => api.getRelease(id, { signal: stop }),
      [api, id],
    ),
    signal,
  );
  if (error && !value) {
    const gone = 'statusCode' in error && error.statusCode === 404;
    return (
      <div className={styles.details} role="alert">
        <Alert
          status={gone ? 'info' : 'danger'}
          icon
          title={
            gone ? t('history.release.gone') : t('history.release.detailError')
          }
          description={gone ? undefined : error.message}
          customActions={
            gone ? undefined : (
              <Button size="small" variant="secondary" onPress={again}>
                {t('error.retry')}
              </Button>
            )
          }
        />
      </div>
    );
  }
  if (!value) {
    return (
      <div className={styles.details} aria-busy="true">
        <Skeleton width="60%" height={20} />
        <Skeleton width="100%" height={140} />
        <Skeleton width="100%" height={220} />
      </div>
    );
  }
  return <Loaded {...props} release={value} />;
};

function Loaded(props: ReleaseDetailsProps & { release: Release }) {
  const { release } = props;
  const { t } = useRolloutsTranslation();
  return (
    <div className={styles.details}>
      <ReleaseFacts release={release} />
      <ReleaseGaps release={release} />
      <Section title={t('history.weights.title')}>
        <WeightChart release={release} />
      </Section>
      <div className={styles.columns}>
        <Section title={t('history.steps.title')}>
          <ReleaseSteps release={release} />
        </Section>
        <Section title={t('history.analysis.title')}>
          {release.analysisRuns.length === 0 ? (
            <p className={styles.none}>{t('history.analysis.none')}</p>
          ) : (
            <ul className={styles.runs}>
              {release.analysisRuns.map(run => (
                <AnalysisRun
                  key={run.uid}
                  run={run}
                  opened={release.analysisRuns.length === 1}
                />
              ))}
            </ul>
          )}
        </Section>
      </div>
      <div className={styles.columns}>
        <Section title={t('history.decisions.title')}>
          <ReleaseDecisions release={release} />
        </Section>
        <Section title={t('history.change.title')}>
          <ReleaseChange {...props} />
        </Section>
      </div>
      <Section title={t('history.events.title')}>
        <Timeline rollout={{ timeline: releaseEvents(release, t) }} past />
      </Section>
    </div>
  );
}
