import { keepUnits } from '../format/sentence';
import { ActionBar, type ActionBarProps } from '../actions/ActionBar';
import { ApprovalPanels } from '../approvals/ApprovalPanels';
import { MetricSummary } from '../metrics/MetricSummary';
import { PodCounts } from '../pods/PodCounts';
import { PhaseAnnouncer } from '../status/PhaseAnnouncer';
import { RolloutFacts } from '../status/RolloutFacts';
import { StaleNote } from '../status/StaleNote';
import { StepLine } from '../steps/StepLine';
import { TrafficBar } from '../traffic/TrafficBar';
import styles from './RolloutBrief.module.css';

/** One rollout at a glance: what happens and why, where requests go, what decides, who may do what. */
export const RolloutBrief = (props: ActionBarProps) => {
  const { rollout } = props;
  return (
    <div className={styles.brief} data-stale={rollout.stale ? true : undefined}>
      <PhaseAnnouncer rollout={rollout} />
      <RolloutFacts rollout={rollout} />
      {rollout.stale && <StaleNote rollout={rollout} />}
      <div className={styles.state}>
        <p className={styles.sentence}>
          {keepUnits(`${rollout.sentence} ${rollout.next ?? ''}`)}
        </p>
        <TrafficBar rollout={rollout} routes={rollout.routes} />
        <StepLine rollout={rollout} />
        <div className={styles.numbers}>
          <div>
            {rollout.metrics.map(metric => (
              <MetricSummary key={metric.name} metric={metric} />
            ))}
          </div>
          <PodCounts rollout={rollout} />
        </div>
      </div>
      <ApprovalPanels {...props} />
      <ActionBar {...props} />
    </div>
  );
};
