import {
  RiArrowGoBackLine,
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiPauseCircleLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { phaseTone, shownPhase, type ShownPhase } from './phaseLook';
import styles from './PhaseBadge.module.css';

/** What each state looks like. */
export const PHASE_ICONS: Record<ShownPhase, RemixiconComponentType> = {
  Healthy: RiCheckboxCircleLine,
  Progressing: RiLoader4Line,
  Paused: RiPauseCircleLine,
  Degraded: RiErrorWarningLine,
  Aborted: RiArrowGoBackLine,
};

/** The phase as icon, word and colour, and where in the steps it stands. */
export const PhaseBadge = (props: {
  rollout: Pick<RolloutSummary, 'phase' | 'aborted' | 'step'>;
}) => {
  const { t } = useRolloutsTranslation();
  const { step } = props.rollout;
  const phase = shownPhase(props.rollout);
  const Icon = PHASE_ICONS[phase];
  const showsStep =
    step &&
    step.index < step.count &&
    phase !== 'Healthy' &&
    phase !== 'Aborted';
  return (
    <span className={styles.badge} data-tone={phaseTone(phase)}>
      <Icon className={styles.icon} size={16} aria-hidden="true" />
      <span className={styles.word}>{t(`phase.${phase}`)}</span>
      {showsStep && (
        <span className={styles.step}>
          {' · '}
          {t('header.step', {
            step: String(step.index + 1),
            total: String(step.count),
          })}
        </span>
      )}
    </span>
  );
};
