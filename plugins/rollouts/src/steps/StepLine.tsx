import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { VisuallyHidden } from '@backstage/ui';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { Countdown } from './Countdown';
import { StepGlyph } from './StepGlyph';
import { useStepPlaces } from './useStepPlaces';
import styles from './StepLine.module.css';

/** All steps in one line of glyphs, and beside it how long the current one still waits. */
export const StepLine = ({
  rollout,
}: {
  rollout: Pick<RolloutDetail, 'steps' | 'step' | 'ref' | 'aborted'>;
}) => {
  const { t } = useRolloutsTranslation();
  const { places, openAll } = useStepPlaces(rollout);
  const { steps } = rollout;
  if (steps.length === 0) {
    return null;
  }
  const endsAt = steps.find(step => step.state === 'current')?.pause?.endsAt;

  return (
    <div className={styles.line}>
      <ol
        className={styles.steps}
        aria-label={t('steps.label', { name: rollout.ref.name })}
      >
        {places.map(place => {
          if (place.kind === 'gap') {
            return (
              <li key={`gap ${place.from}`} className={styles.step}>
                <button
                  type="button"
                  className={styles.gap}
                  onClick={openAll}
                  aria-label={t('steps.gap', { total: String(place.count) })}
                >
                  …
                </button>
              </li>
            );
          }
          const { step } = place;
          const state = t(`steps.state.${step.state}`);
          return (
            <li
              key={step.index}
              className={styles.step}
              data-state={step.state}
              aria-current={step.state === 'current' ? 'step' : undefined}
              title={`${step.label}: ${state}`}
            >
              <StepGlyph step={step} />
              <VisuallyHidden>
                {t('steps.position', {
                  step: String(step.index + 1),
                  total: String(steps.length),
                  label: step.label,
                  state,
                })}
              </VisuallyHidden>
            </li>
          );
        })}
      </ol>
      {endsAt && (
        <span className={styles.note}>
          <Countdown endsAt={endsAt} />
        </span>
      )}
    </div>
  );
};
