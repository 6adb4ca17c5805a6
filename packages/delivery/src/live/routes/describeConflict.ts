import type { ManagedBy } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HeldWrite } from './heldWrite';

/** How an owner is told to leave fields alone, by its own documentation. */
const ADVICE: Record<string, string> = {
  'Argo CD':
    'list the fields with the weights under spec.ignoreDifferences of the Application, with the sync option RespectIgnoreDifferences=true',
  Flux: 'annotate the object in Git with kustomize.toolkit.fluxcd.io/ssa: IfNotPresent, or list the fields with the weights under spec.driftDetection.ignore of the HelmRelease',
};

export interface Conflict {
  /** Kind, namespace and name. */
  object: string;
  /** The GitOps tool that owns it. */
  tool?: ManagedBy;
  /** Milliseconds. */
  retryIn: number;
  /** How often what was written was undone. */
  undone: number;
  isNew: boolean;
}

/** Says who undoes what, and what can be done about it. */
export function describeConflict({
  object,
  tool,
  retryIn,
  undone,
  isNew,
}: Conflict): HeldWrite {
  const wait = `next try in ${Math.ceil(retryIn / 1_000)} s`;
  if (!tool) {
    const what = `${object}: somebody else keeps undoing what the rollout writes into it`;
    return {
      retryIn,
      reason: `${what}, ${undone} times so far; ${wait}`,
      event: isNew
        ? {
            type: 'Warning',
            reason: 'TrafficRoutingConflict',
            message: `${what}. Find out who, and let only one of them do it; it is written again and again, at most a minute apart.`,
          }
        : undefined,
    };
  }
  const advice = ADVICE[tool.tool] ?? 'let it leave these fields alone';
  const what = `${object} is kept by ${tool.tool} (${tool.name}), which undoes what the rollout writes into it`;
  return {
    retryIn,
    reason: `${what}, ${undone} times so far; ${wait}`,
    message: `TrafficRoutingConflict: ${what}; for ${tool.tool}, ${advice}`,
    event: isNew
      ? {
          type: 'Warning',
          reason: 'TrafficRoutingConflict',
          message: `${what}. To let the rollout route, ${advice}. Until then it is only tried again from time to time, and at the next step or an abort.`,
        }
      : undefined,
  };
}
