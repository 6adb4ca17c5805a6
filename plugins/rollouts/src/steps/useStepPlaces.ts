import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useState } from 'react';
import { collapseSteps } from './collapseSteps';
import { shownSteps, type ShownStep } from './shownSteps';

/** A step to draw, or a number of steps left out. */
export type StepPlace =
  | { kind: 'step'; step: ShownStep }
  | { kind: 'gap'; from: number; count: number };

/** The steps to draw: many collapse around the current one until `openAll`. */
export function useStepPlaces(
  rollout: Pick<RolloutDetail, 'steps' | 'step' | 'aborted'>,
): { places: StepPlace[]; openAll(): void } {
  const [open, setOpen] = useState(false);
  const steps = shownSteps(rollout);
  const at = steps.findIndex(({ state }) =>
    ['current', 'failed', 'stopped'].includes(state),
  );
  const current = at >= 0 ? at : (rollout.step?.index ?? steps.length);
  const segments = open
    ? steps.map(({ index }) => ({ kind: 'step', index }) as const)
    : collapseSteps(steps.length, current);
  return {
    places: segments.flatMap((segment): StepPlace[] => {
      if (segment.kind === 'gap') {
        return [segment];
      }
      const step = steps[segment.index];
      return step ? [{ kind: 'step', step }] : [];
    }),
    openAll: () => setOpen(true),
  };
}
