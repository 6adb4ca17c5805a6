import type {
  Rollout,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  isRefusal,
  type ActionContext,
  type ActionParameters,
} from '../actions/ActionContext';
import { planAction } from '../actions/planAction';
import { canary } from './rollouts';

export const NOW = Date.parse('2026-11-01T12:00:00.500Z');

/** What an action would write, without what only the writer needs. */
export function plan(
  action: RolloutAction,
  rollout: Rollout,
  options: ActionParameters &
    Partial<ActionContext> & { stepIndex?: number; podHash?: string } = {},
) {
  const { replicaSets = [], analysisRuns = [], workload, ...rest } = options;
  const outcome = planAction(
    action,
    { rollout, replicaSets, analysisRuns, workload, now: NOW },
    {
      ...rest,
      seen: {
        uid: 'u1',
        generation: 1,
        podHash: options.podHash ?? rollout.status?.currentPodHash,
        stepIndex: options.stepIndex ?? rollout.status?.currentStepIndex,
      },
    },
  );
  return isRefusal(outcome)
    ? { refused: outcome.refusal }
    : {
        writes: outcome.patches.map(
          ({ subresource, resource, type, patch }) => ({
            at: [resource.split('.')[0], subresource].filter(Boolean).join('/'),
            ...(type === 'json' && { type }),
            patch,
          }),
        ),
        warnings: outcome.warnings,
        unchanged: outcome.unchanged,
        does: outcome.does,
      };
}

/** The demo's canary at its first pause. */
export function paused(
  status: Rollout['status'] = {},
  spec: Partial<Rollout['spec']> = {},
) {
  return canary({
    metadata: { name: 'colors', namespace: 'demo', uid: 'u1', generation: 1 },
    status,
    spec,
  });
}

export const status = (patch: unknown) => ({
  at: 'rollouts/status',
  patch: { status: patch },
});
export const spec = (patch: unknown) => ({
  at: 'rollouts',
  patch: { spec: patch },
});

/** Of the colour's image. */
export function replicaSet(revision: number, colour: string) {
  return {
    metadata: {
      name: colour,
      labels: { 'rollouts-pod-template-hash': colour },
      annotations: { 'rollout.argoproj.io/revision': String(revision) },
    },
    spec: {
      selector: {},
      template: {
        metadata: {
          labels: { app: 'colors', 'rollouts-pod-template-hash': colour },
        },
        spec: { containers: [{ name: 'app', image: `demo/colors:${colour}` }] },
      },
    },
  };
}
