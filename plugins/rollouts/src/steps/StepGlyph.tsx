import type { StepView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RiCloseLine,
  RiExchangeLine,
  RiFileCopy2Line,
  RiFlaskLine,
  RiLineChartLine,
  RiPauseFill,
  RiPuzzle2Line,
  RiQuestionMark,
  RiSignpostLine,
  RiStackLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { ShownStep } from './shownSteps';
import styles from './StepGlyph.module.css';

const ICONS: Record<
  Exclude<StepView['kind'], 'setWeight'>,
  RemixiconComponentType
> = {
  pause: RiPauseFill,
  setCanaryScale: RiStackLine,
  analysis: RiLineChartLine,
  experiment: RiFlaskLine,
  setHeaderRoute: RiSignpostLine,
  setMirrorRoute: RiFileCopy2Line,
  replicaProgressThreshold: RiExchangeLine,
  plugin: RiPuzzle2Line,
  unknown: RiQuestionMark,
};

/** A step as a round glyph: its kind inside, its state by ring and fill. */
export const StepGlyph = ({
  step,
}: {
  step: Pick<ShownStep, 'kind' | 'state' | 'weight'>;
}) => (
  <span className={styles.glyph} data-state={step.state} aria-hidden="true">
    <Inside step={step} />
  </span>
);

function Inside({
  step,
}: {
  step: Pick<ShownStep, 'kind' | 'state' | 'weight'>;
}) {
  if (step.state === 'failed' || step.state === 'stopped') {
    return <RiCloseLine size={14} />;
  }
  if (step.kind === 'setWeight') {
    return <Pie share={(step.weight ?? 0) / 100} />;
  }
  const Icon = ICONS[step.kind];
  return <Icon size={12} />;
}

/** A small pie: how much of the requests the step asks for. */
function Pie({ share }: { share: number }) {
  const around = 2 * Math.PI * 3;
  return (
    <svg width="14" height="14" viewBox="0 0 14 14">
      <circle
        cx="7"
        cy="7"
        r="6.25"
        fill="none"
        stroke="currentColor"
        strokeWidth="1"
      />
      <circle
        cx="7"
        cy="7"
        r="3"
        fill="none"
        stroke="currentColor"
        strokeWidth="6"
        strokeDasharray={`${Math.min(1, Math.max(0, share)) * around} ${around}`}
        transform="rotate(-90 7 7)"
      />
    </svg>
  );
}
