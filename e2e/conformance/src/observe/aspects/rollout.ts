import type { AnyObject } from '@progressive-delivery/kube';
import { type Entry, PASSING, REVISION, SETTLING, WAITING } from '../entry';

/** What the status of a rollout tells a person, aspect by aspect. */
export function rolloutAspects({ metadata, spec, status }: AnyObject): Entry[] {
  if (!status) return [];
  const at = (aspect: string, value: unknown, patience?: number): Entry => ({
    aspect: `${metadata.name}: ${aspect}`,
    value: `${value ?? 'none'}`,
    patience,
  });
  const { phase, message, canary, blueGreen } = status;
  const entries = [
    // What a progressing rollout waits for passes within a pod's start.
    phase === 'Progressing'
      ? at('phase', phase, SETTLING)
      : at('phase', withMessage(status)),
    at('message', `${phase ?? 'none'}: ${message ?? ''}`, WAITING),
    at('revision', metadata.annotations?.[REVISION]),
    at('stable', status.stableRS || undefined),
    at('current', status.currentPodHash || undefined),
    at('aborted', status.abort ?? false),
    at('promoted in full', status.promoteFull ?? false, PASSING),
    at('pause reasons', reasonsOf(status) || undefined),
    at('restarted', status.restartedAt ? 'yes' : 'no'),
  ];
  if (spec.strategy?.canary?.steps) {
    // Of a first version no step counts.
    const patience = status.stableRS ? undefined : WAITING;
    entries.push(at('step', status.currentStepIndex, patience));
  }
  if (canary?.weights) {
    entries.push(at('weights', weightsOf(canary.weights)));
  }
  if (canary?.stablePingPong) {
    entries.push(at('stable of ping and pong', canary.stablePingPong));
  }
  if (canary?.stepPluginStatuses) {
    entries.push(at('step plugins', pluginsOf(canary.stepPluginStatuses)));
  }
  if (spec.strategy?.blueGreen) {
    entries.push(
      at('active', blueGreen?.activeSelector || undefined),
      at('preview', blueGreen?.previewSelector || undefined),
    );
  }
  return entries;
}

/** What is left when nothing moves any more. */
export function finalRolloutAspects({ metadata, status }: AnyObject): Entry[] {
  const conditions = [...(status?.conditions ?? [])]
    .map(({ type, status: value, reason }) => `${type} ${value} ${reason}`)
    .sort();
  const replicas = [
    'replicas',
    'updatedReplicas',
    'readyReplicas',
    'availableReplicas',
    'HPAReplicas',
  ].map(field => `${field} ${status?.[field] ?? 0}`);
  return [
    {
      aspect: `${metadata.name}: conditions at the end`,
      value: conditions.join(', ') || 'none',
    },
    {
      aspect: `${metadata.name}: pods counted at the end`,
      value: replicas.join(', '),
    },
  ];
}

function withMessage({ phase, message }: AnyObject): string {
  return message ? `${phase}: ${message}` : `${phase ?? 'none'}`;
}

function reasonsOf(status: AnyObject): string {
  return (status.pauseConditions ?? [])
    .map(({ reason }: { reason: string }) => reason)
    .join(', ');
}

function weightsOf(weights: AnyObject): string {
  return [
    ['canary', weights.canary],
    ['stable', weights.stable],
    ...(weights.additional ?? []).map((one: AnyObject) => ['also', one]),
  ]
    .map(
      ([role, one]) =>
        `${role} ${one?.weight} → ${one?.podTemplateHash || 'none'}${one?.serviceName ? ` by ${one.serviceName}` : ''}`,
    )
    .join(', ');
}

function pluginsOf(statuses: AnyObject[]): string {
  return statuses
    .map(
      ({ index, operation, phase }) =>
        `step ${index} ${operation} ${phase ?? ''}`,
    )
    .join(', ');
}
