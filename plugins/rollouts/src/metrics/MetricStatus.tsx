import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiHourglassLine,
  RiLoader4Line,
  RiQuestionMark,
  type RemixiconComponentType,
} from '@remixicon/react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './MetricStatus.module.css';

const ICONS: Record<MetricView['phase'], RemixiconComponentType> = {
  Pending: RiHourglassLine,
  Running: RiLoader4Line,
  Successful: RiCheckLine,
  Failed: RiCloseLine,
  Inconclusive: RiQuestionMark,
  Error: RiErrorWarningLine,
};

/** A metric's or a run's phase: icon, word and colour, all six different. */
export const MetricStatus = ({ phase }: { phase: MetricView['phase'] }) => {
  const { t } = useRolloutsTranslation();
  const Icon = ICONS[phase];
  return (
    <span className={styles.status} data-phase={phase}>
      <Icon size={14} aria-hidden="true" />
      {t(`metrics.phase.${phase}`)}
    </span>
  );
};
