import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { VisuallyHidden } from '@backstage/ui';
import { Fragment, useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { collapseSteps } from './collapseSteps';
import { Countdown } from './Countdown';
import { StepGlyph } from './StepGlyph';
import styles from './StepLine.module.css';

/** All steps in one line of glyphs, and beside it what the current one waits for. */
export const StepLine = ({
  rollout,
  note,
}: {
  rollout: Pick<RolloutDetail, 'steps' | 'step' | 'ref'>;
  /** What the current step waits for, in words. */
  note?: string;
}) => {
  const { t } = useRolloutsTranslation();
  const [open, setOpen] = useState(false);
  const { steps } = rollout;
  if (steps.length === 0) {
    return null;
  }
  const current = rollout.step?.index ?? steps.length;
  const segments = open
    ? steps.map(({ index }) => ({ kind: 'step', index }) as const)
    : collapseSteps(steps.length, current);
  const endsAt = steps.find(step => step.state === 'current')?.pause?.endsAt;

  return (
    <div className={styles.line}>
      <ol
        className={styles.steps}
        aria-label={t('steps.label', { name: rollout.ref.name })}
      >
        {segments.map(segment => {
          if (segment.kind === 'gap') {
            return (
              <li key={`gap ${segment.from}`} className={styles.step}>
                <button
                  type="button"
                  className={styles.gap}
                  onClick={() => setOpen(true)}
                  aria-label={t('steps.gap', { total: String(segment.count) })}
                >
                  …
                </button>
              </li>
            );
          }
          const step = steps[segment.index];
          return (
            <Fragment key={segment.index}>
              {step && (
                <li
                  className={styles.step}
                  data-state={step.state}
                  aria-current={step.state === 'current' ? 'step' : undefined}
                  title={step.label}
                >
                  <StepGlyph step={step} />
                  <VisuallyHidden>
                    {t('steps.position', {
                      step: String(step.index + 1),
                      total: String(steps.length),
                      label: step.label,
                      state: t(`steps.state.${step.state}`),
                    })}
                  </VisuallyHidden>
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
      <span className={styles.note}>
        {endsAt ? <Countdown endsAt={endsAt} /> : note}
      </span>
    </div>
  );
};
