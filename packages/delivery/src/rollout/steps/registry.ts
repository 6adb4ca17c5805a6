import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { analysisStep } from './analysis';
import { experimentStep } from './experiment';
import { pauseStep } from './pause';
import { pluginStep } from './plugin';
import { setCanaryScaleStep } from './setCanaryScale';
import { setHeaderRouteStep } from './setHeaderRoute';
import { setMirrorRouteStep } from './setMirrorRoute';
import { setWeightStep } from './setWeight';
import type { StepKind } from './stepKind';

/** Every kind of step that this controller can carry out. */
export const STEP_KINDS: readonly StepKind[] = [
  setWeightStep,
  pauseStep,
  setCanaryScaleStep,
  analysisStep,
  experimentStep,
  setHeaderRouteStep,
  setMirrorRouteStep,
  pluginStep,
];

/** The kind of a step, or `undefined` when none of them is asked for. */
export function stepKindOf(step: CanaryStep): StepKind | undefined {
  return STEP_KINDS.find(kind => step[kind.field] !== undefined);
}
