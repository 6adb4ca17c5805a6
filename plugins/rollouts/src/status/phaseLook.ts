import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A phase as people see it: an abort is its own, not just "Degraded". */
export type ShownPhase =
  'Healthy' | 'Progressing' | 'Paused' | 'Degraded' | 'Aborted';

/** The role of a phase's colour; `danger` only for what needs a person. */
export type Tone = 'success' | 'info' | 'warning' | 'danger';

export function shownPhase({
  phase,
  aborted,
}: Pick<RolloutSummary, 'phase' | 'aborted'>): ShownPhase {
  return aborted && phase === 'Degraded' ? 'Aborted' : phase;
}

export function phaseTone(phase: ShownPhase): Tone {
  switch (phase) {
    case 'Healthy':
      return 'success';
    case 'Progressing':
      return 'info';
    case 'Paused':
      return 'warning';
    default:
      return 'danger';
  }
}
