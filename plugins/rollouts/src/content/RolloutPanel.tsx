import { Alert } from '@backstage/ui';
import { keepUnits } from '../format/sentence';
import { ActionBar, type ActionBarProps } from '../actions/ActionBar';
import { ApprovalPanels } from '../approvals/ApprovalPanels';
import { AnalysisRunList } from '../analysis/AnalysisRunList';
import { MetricPanel } from '../metrics/MetricPanel';
import { PodCounts } from '../pods/PodCounts';
import { RevisionTree } from '../pods/RevisionTree';
import { PhaseAnnouncer } from '../status/PhaseAnnouncer';
import { RolloutFacts } from '../status/RolloutFacts';
import { StaleNote } from '../status/StaleNote';
import { StepList } from '../steps/StepList';
import { Timeline } from '../timeline/Timeline';
import { TrafficBar } from '../traffic/TrafficBar';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { Section } from './Section';
import styles from './RolloutPanel.module.css';

/** One rollout in full, in the order in which a person asks. */
export const RolloutPanel = (props: ActionBarProps) => {
  const { rollout, access } = props;
  const { t } = useRolloutsTranslation();
  const { managedBy, problems } = rollout;
  return (
    <div className={styles.panel} data-stale={rollout.stale ? true : undefined}>
      <PhaseAnnouncer rollout={rollout} />
      <RolloutFacts rollout={rollout} />
      {rollout.stale && <StaleNote rollout={rollout} />}
      <p className={styles.sentence}>
        {keepUnits(`${rollout.sentence} ${rollout.next ?? ''}`)}
      </p>
      {problems.map(({ message, remedy }) => (
        <Alert
          key={message}
          status="danger"
          icon
          title={message}
          description={remedy}
        />
      ))}
      {managedBy && (
        <Alert
          status="info"
          icon
          title={t('header.managedBy', {
            tool: managedBy.tool,
            name: managedBy.name,
          })}
        />
      )}
      {rollout.controller === 'none' && (
        <Alert status="warning" icon title={t('header.noController')} />
      )}
      <div className={styles.live}>
        <TrafficBar rollout={rollout} routes={rollout.routes} />
        <PodCounts rollout={rollout} />
      </div>
      <ApprovalPanels {...props} full />
      <ActionBar {...props} />
      <div className={styles.columns}>
        <Section title={t('steps.title')}>
          <StepList rollout={rollout} />
        </Section>
        <Section title={t('metrics.title')}>
          {rollout.metrics.length > 0 ? (
            rollout.metrics.map(metric => (
              <MetricPanel key={metric.name} metric={metric} />
            ))
          ) : (
            <p className={styles.none}>{t('metrics.none')}</p>
          )}
        </Section>
      </div>
      <Section title={t('pods.title')}>
        <RevisionTree rollout={rollout} />
      </Section>
      <Section title={t('analysis.title')}>
        <AnalysisRunList rollout={rollout} access={access} />
      </Section>
      <Section title={t('timeline.title')}>
        <Timeline rollout={rollout} />
      </Section>
    </div>
  );
};
