import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HeaderRoute } from '../managedRoute';
import { fieldAt, isFields, listAt, textAt, weightAt } from '../objects/fields';
import type { TrafficSides, WantedTraffic } from '../router';

const PREFIX = 'alb.ingress.kubernetes.io';
/** Which annotations are whose: several rollouts may share an Ingress. */
export const MANAGED_ANNOTATION =
  'rollouts.argoproj.io/managed-alb-annotations';
const ALONE = 100;

/** The stanza of a rollout. */
export function albOf(rollout: Rollout) {
  return rollout.spec.strategy?.canary?.trafficRouting?.alb ?? {};
}

function annotation(
  rollout: Rollout,
  kind: 'actions' | 'conditions',
  name: string,
): string {
  return `${albOf(rollout).annotationPrefix || PREFIX}/${kind}.${name}`;
}

/** The service whose rule the weights are written for. */
export function actionService(
  rollout: Rollout,
  { stableService }: Pick<TrafficSides, 'stableService'>,
): string {
  return albOf(rollout).rootService || stableService;
}

export function actionAnnotation(
  rollout: Rollout,
  sides: Pick<TrafficSides, 'stableService'>,
): string {
  return annotation(rollout, 'actions', actionService(rollout, sides));
}

/** The two annotations of a header route. */
export function headerAnnotations(rollout: Rollout, name: string) {
  return {
    action: annotation(rollout, 'actions', name),
    condition: annotation(rollout, 'conditions', name),
  };
}

/** Fields in the order of the reference, so that both write the same text. */
function forward(
  rollout: Rollout,
  shares: readonly (readonly [service: string, weight: number])[],
): string {
  const { servicePort = 0, stickinessConfig } = albOf(rollout);
  return JSON.stringify({
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: shares.map(([ServiceName, Weight]) => ({
        ServiceName,
        ServicePort: String(servicePort),
        Weight,
      })),
      ...(stickinessConfig?.enabled
        ? {
            TargetGroupStickinessConfig: {
              Enabled: true,
              DurationSeconds: stickinessConfig.durationSeconds,
            },
          }
        : {}),
    },
  });
}

/** The action that splits the traffic. */
export function weightedAction(
  rollout: Rollout,
  { weight, max, additional, canaryService, stableService }: WantedTraffic,
): string {
  const others = additional.reduce((sum, each) => sum + each.weight, 0);
  return forward(rollout, [
    [canaryService, weight],
    ...additional.map(each => [each.service, each.weight] as const),
    [stableService, max - weight - others],
  ]);
}

/** The action of a header route. */
export function canaryAction(
  rollout: Rollout,
  { canaryService }: WantedTraffic,
): string {
  return forward(rollout, [[canaryService, ALONE]]);
}

/** Several values of one header are alternatives; several headers must all match. */
export function headerConditions({ match }: HeaderRoute): string {
  const values = new Map<string, string[]>();
  for (const { headerName, headerValue } of match) {
    values.set(headerName, [
      ...(values.get(headerName) ?? []),
      headerValue.exact ?? '',
    ]);
  }
  return JSON.stringify(
    [...values].map(([httpHeaderName, each]) => ({
      field: 'http-header',
      httpHeaderConfig: { httpHeaderName, values: each },
    })),
  );
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    // Whoever wrote it: what is no JSON says nothing, and is written anew.
    return undefined;
  }
}

/** The share of a service in an action. */
export function weightInAction(
  action: string | undefined,
  service: string,
): number {
  const groups = listAt(parsed(action), 'ForwardConfig', 'TargetGroups');
  const group = groups.find(each => textAt(each, 'ServiceName') === service);
  return weightAt(group, 'Weight');
}

/** The list of managed annotations with these for the rollout, in their order. */
export function managedAnnotations(
  current: string | undefined,
  rollout: Rollout,
  keys: readonly string[],
): string {
  const all = parsed(current);
  const { name } = rollout.metadata;
  const known = listAt(all, name) as string[];
  const kept = known.filter(key => keys.includes(key));
  const next: Record<string, unknown> = {
    ...(isFields(all) ? all : {}),
    [name]: [...kept, ...keys.filter(key => !kept.includes(key))],
  };
  return JSON.stringify(
    Object.fromEntries(
      Object.keys(next)
        .sort()
        .map(key => [key, fieldAt(next, key)]),
    ),
  );
}
