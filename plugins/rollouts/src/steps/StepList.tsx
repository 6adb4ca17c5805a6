import type {
  RolloutDetail,
  StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { Countdown } from './Countdown';
import { StepGlyph } from './StepGlyph';
import styles from './StepList.module.css';

/** Seconds a step took, when both ends are known. */
function secondsSpent({ startedAt, finishedAt }: StepView): number | undefined {
  return startedAt && finishedAt
    ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
    : undefined;
}

/** The steps one below the other; each opens to what it does and did. */
export const StepList = ({
  rollout,
}: {
  rollout: Pick<RolloutDetail, 'steps' | 'ref'>;
}) => {
  const { t, time } = useRolloutsTranslation();
  if (rollout.steps.length === 0) {
    return <p className={styles.none}>{t('steps.none')}</p>;
  }
  return (
    <ol
      className={styles.steps}
      aria-label={t('steps.label', { name: rollout.ref.name })}
    >
      {rollout.steps.map(step => {
        const spent = secondsSpent(step);
        return (
          <li
            key={step.index}
            className={styles.step}
            data-state={step.state}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <StepGlyph step={step} />
            <details className={styles.details} open={step.state === 'current'}>
              <summary className={styles.summary}>
                <span className={styles.label}>{step.label}</span>
                <span className={styles.state}>
                  {step.state === 'current' && step.pause?.endsAt ? (
                    <Countdown endsAt={step.pause.endsAt} />
                  ) : (
                    t(`steps.state.${step.state}`)
                  )}
                  {spent !== undefined && (
                    <>
                      {' · '}
                      {t('steps.took', { duration: time.duration(spent) })}
                    </>
                  )}
                </span>
              </summary>
              <p className={styles.explanation}>
                {step.explanation}
                {step.analysisRun && (
                  <>
                    {' '}
                    <code>{step.analysisRun}</code>
                  </>
                )}
              </p>
            </details>
          </li>
        );
      })}
    </ol>
  );
};
