import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { Problem } from '../../rollout/validation/problem';
import { changeObject } from '../objects/changeObject';
import { leadsTo } from '../objects/ingress';
import { validateOneOf } from '../objects/oneOf';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaNames, stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter } from '../router';
import { weightReason } from '../weightReason';
import { servicesOfCanary } from '../servicesOfCanary';
import {
  actionAnnotation,
  actionService,
  albOf,
  weightInAction,
} from './albAnnotations';
import { wantedIngress } from './wantedIngress';

const FIELDS = [['alb'], 'ingress', 'ingresses'] as const;
/** Of AWS; seconds. */
const LONGEST_STICKINESS = 604_800;

function ingressesOf(rollout: Rollout) {
  return stanzaNames(rollout, ...FIELDS).map(({ name, field }) => ({
    field,
    at: {
      resource: RESOURCES.ingresses,
      namespace: rollout.metadata.namespace ?? '',
      name,
    },
  }));
}

function validateStickiness(rollout: Rollout): Problem[] {
  const { enabled, durationSeconds = 0 } =
    albOf(rollout).stickinessConfig ?? {};
  return enabled &&
    (durationSeconds < 1 || durationSeconds > LONGEST_STICKINESS)
    ? [
        {
          field: stanzaPath('alb.stickinessConfig.durationSeconds'),
          kind: 'Invalid value',
          value: durationSeconds,
          detail: `must be between 1 and ${LONGEST_STICKINESS} seconds (7 days)`,
        },
      ]
    : [];
}

/** An ALB compares a header with texts, and with nothing else. */
function validateMatches(rollout: Rollout): Problem[] {
  const { steps = [] } = rollout.spec.strategy?.canary ?? {};
  return steps.flatMap(({ setHeaderRoute }, step) =>
    (setHeaderRoute?.match ?? []).flatMap(({ headerValue }, i): Problem[] =>
      headerValue?.exact && !headerValue.regex && !headerValue.prefix
        ? []
        : [
            {
              field: `spec.strategy.canary.steps[${step}].setHeaderRoute.match[${i}].headerValue`,
              kind: 'Invalid value',
              value: headerValue,
              detail:
                "SetHeaderRoute match value invalid. ALB supports 'exact' value only",
            },
          ],
    ),
  );
}

function validate(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const service = actionService(rollout, servicesOfCanary(rollout));
  return [
    ...validateOneOf(rollout, ...FIELDS),
    ...ingressesOf(rollout).flatMap(({ at, field }): Problem[] => {
      const ingress = routedObject(snapshot, at);
      if (!ingress) return [missingObject(snapshot, at, field)];
      return leadsTo(ingress, service)
        ? []
        : [
            {
              field,
              kind: 'Invalid value',
              value: at.name,
              detail: `ingress \`${at.name}\` has no rules using service ${service} backend`,
            },
          ];
    }),
    ...validateStickiness(rollout),
    ...validateMatches(rollout),
  ];
}

/**
 * Splits by the action annotation of the AWS Load Balancer Controller. Source:
 * docs, traffic-management/alb. That the load balancer has taken the weights
 * over is not verified: nothing here speaks to AWS.
 */
export const albRouter: TrafficRouter = {
  path: ['alb'],
  title: 'ALB',
  abilities: { headerRoutes: true, additionalDestinations: true },
  needsServices: rollout => !rollout.spec.strategy?.canary?.pingPong,
  objects: rollout => ingressesOf(rollout).map(({ at }) => at),
  validate,
  observe(snapshot, sides) {
    const { rollout } = snapshot;
    const weights = ingressesOf(rollout).map(({ at }) =>
      weightInAction(
        routedObject(snapshot, at)?.metadata.annotations?.[
          actionAnnotation(rollout, sides)
        ],
        sides.canaryService,
      ),
    );
    return { weight: Math.max(0, ...weights) };
  },
  route(snapshot, wanted, draft, why) {
    const { rollout } = snapshot;
    const changes = ingressesOf(rollout).filter(({ at }) => {
      const ingress = routedObject(snapshot, at);
      return (
        ingress &&
        changeObject(
          draft,
          at.resource,
          ingress,
          wantedIngress(rollout, ingress, wanted),
          weightReason(wanted, `Ingress ${at.name}`, why),
        )
      );
    });
    return changes.length > 0;
  },
};
