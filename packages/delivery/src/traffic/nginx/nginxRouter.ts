import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { Problem } from '../../rollout/validation/problem';
import { changeObject } from '../objects/changeObject';
import { weightAt } from '../objects/fields';
import { leadsTo } from '../objects/ingress';
import { validateOneOf } from '../objects/oneOf';
import { isOwnedBy } from '../objects/ownership';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaNames } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter } from '../router';
import { annotationPrefix, canaryIngress } from './canaryIngress';
import { canaryIngressName } from './canaryIngressName';

const FIELDS = [['nginx'], 'stableIngress', 'stableIngresses'] as const;

/** Each stable Ingress that the stanza names, and the canary's beside it. */
function ingressesOf(rollout: Rollout) {
  const namespace = rollout.metadata.namespace ?? '';
  return stanzaNames(rollout, ...FIELDS).map(({ name, field }) => ({
    field,
    stable: { resource: RESOURCES.ingresses, namespace, name },
    canary: {
      resource: RESOURCES.ingresses,
      namespace,
      name: canaryIngressName(rollout.metadata.name, name),
    },
  }));
}

function validate(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const { stableService = '' } = rollout.spec.strategy?.canary ?? {};
  const invalid = (field: string, value: string, detail: string): Problem[] => [
    { field, kind: 'Invalid value', value, detail },
  ];
  return [
    ...validateOneOf(rollout, ...FIELDS),
    ...ingressesOf(rollout).flatMap(({ stable, canary, field }) => {
      const ingress = routedObject(snapshot, stable);
      if (!ingress) return [missingObject(snapshot, stable, field)];
      if (!leadsTo(ingress, stableService)) {
        return invalid(
          field,
          stable.name,
          `ingress \`${stable.name}\` has no rules using service ${stableService} backend`,
        );
      }
      const existing = routedObject(snapshot, canary);
      return existing && !isOwnedBy(existing, rollout)
        ? invalid(
            field,
            stable.name,
            `canary ingress \`${canary.name}\` controlled by different object: remove it, or rename one of the two`,
          )
        : [];
    }),
  ];
}

/**
 * Splits by a second Ingress for each stable one, with the annotations by
 * which the nginx ingress controller tells a canary. Source: docs,
 * traffic-management/nginx.
 */
export const nginxRouter: TrafficRouter = {
  path: ['nginx'],
  title: 'nginx',
  abilities: { maxTrafficWeight: true },
  needsServices: () => true,
  objects: rollout =>
    ingressesOf(rollout).flatMap(({ stable, canary }) => [stable, canary]),
  validate,
  observe(snapshot) {
    const annotation = `${annotationPrefix(snapshot.rollout)}/canary-weight`;
    const weights = ingressesOf(snapshot.rollout).map(({ canary }) =>
      weightAt(
        routedObject(snapshot, canary),
        'metadata',
        'annotations',
        annotation,
      ),
    );
    return { weight: Math.max(0, ...weights) };
  },
  route(snapshot, wanted, draft, why) {
    const { rollout } = snapshot;
    const changes = ingressesOf(rollout).filter(({ stable, canary }) => {
      const ingress = routedObject(snapshot, stable);
      if (!ingress) return false;
      const existing = routedObject(snapshot, canary);
      const made = canaryIngress(rollout, ingress, existing, wanted);
      const reason = `set the weight of the canary to ${wanted.weight} in Ingress ${canary.name}: ${why}`;
      if (existing) {
        return changeObject(draft, canary.resource, existing, made, reason);
      }
      draft.create(canary.resource, made, reason);
      return true;
    });
    return changes.length > 0;
  },
};
