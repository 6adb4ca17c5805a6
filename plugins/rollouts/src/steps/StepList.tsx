import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { Countdown } from './Countdown';
import type { ShownStep } from './shownSteps';
import { StepGlyph } from './StepGlyph';
import { useStepPlaces } from './useStepPlaces';
import styles from './StepList.module.css';

/** The steps one below the other; each opens to what it does and did. */
export const StepList = ({
  rollout,
}: {
  rollout: Pick<RolloutDetail, 'steps' | 'step' | 'ref' | 'aborted'>;
}) => {
  const { t } = useRolloutsTranslation();
  const { places, openAll } = useStepPlaces(rollout);
  if (places.length === 0) {
    return <p className={styles.none}>{t('steps.none')}</p>;
  }
  return (
    <ol
      className={styles.steps}
      aria-label={t('steps.label', { name: rollout.ref.name })}
    >
      {places.map(place =>
        place.kind === 'gap' ? (
          <li key={`gap ${place.from}`} className={styles.step}>
            <span aria-hidden="true" className={styles.dots}>
              ⋮
            </span>
            <button type="button" className={styles.gap} onClick={openAll}>
              {t('steps.gap', { total: String(place.count) })}
            </button>
          </li>
        ) : (
          <li
            key={place.step.index}
            className={styles.step}
            data-state={place.step.state}
            aria-current={place.step.state === 'current' ? 'step' : undefined}
          >
            <StepGlyph step={place.step} />
            <StepDetails step={place.step} />
          </li>
        ),
      )}
    </ol>
  );
};

function StepDetails({ step }: { step: ShownStep }) {
  const { t, time } = useRolloutsTranslation();
  const spent = secondsSpent(step);
  const opensItself = ['current', 'failed', 'stopped'].includes(step.state);
  return (
    <details className={styles.details} open={opensItself}>
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
  );
}

/** Seconds a step took, when both ends are known. */
function secondsSpent({
  startedAt,
  finishedAt,
}: ShownStep): number | undefined {
  return startedAt && finishedAt
    ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
    : undefined;
}
