import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { managedRouteNames } from '../managedRouteNames';
import type { HeaderRoute } from '../managedRoute';
import { listAt, withField } from '../objects/fields';
import {
  serviceOfPath,
  type Ingress,
  type IngressPath,
} from '../objects/ingress';
import type { WantedTraffic } from '../router';
import {
  MANAGED_ANNOTATION,
  actionAnnotation,
  canaryAction,
  headerAnnotations,
  headerConditions,
  managedAnnotations,
  weightedAction,
} from './albAnnotations';

/** A path that the load balancer takes from annotations of this name. */
function annotatedPath(name: string): IngressPath {
  return {
    path: '/*',
    pathType: 'ImplementationSpecific',
    backend: { service: { name, port: { name: 'use-annotation' } } },
  };
}

/** Header routes before all other paths of each rule, in their order. */
function withHeaderPaths(
  ingress: Ingress,
  names: string[],
  headers: HeaderRoute[],
): Ingress {
  const rules = listAt(ingress, 'spec', 'rules').map(rule => {
    const paths = listAt(rule, 'http', 'paths') as IngressPath[];
    if (!paths.length) return rule;
    const others = paths.filter(
      path => !names.includes(serviceOfPath(path) ?? ''),
    );
    const managed = headers.map(
      ({ name }) =>
        paths.find(path => serviceOfPath(path) === name) ?? annotatedPath(name),
    );
    return withField(rule, ['http', 'paths'], [...managed, ...others]);
  });
  return withField(ingress, ['spec', 'rules'], rules);
}

/**
 * An Ingress whose annotations tell the AWS load balancer controller the
 * wanted split and header routes. Source: docs, traffic-management/alb.
 */
export function wantedIngress(
  rollout: Rollout,
  ingress: Ingress,
  wanted: WantedTraffic,
): Ingress {
  const names = managedRouteNames(rollout);
  const headers = wanted.managedRoutes.flatMap(each =>
    each.kind === 'header' ? [each] : [],
  );
  const action = actionAnnotation(rollout, wanted);
  const own: Record<string, string | undefined> = {
    [action]: weightedAction(rollout, wanted),
  };
  const keys = [action];
  for (const name of names) {
    const at = headerAnnotations(rollout, name);
    const header = headers.find(each => each.name === name);
    own[at.action] = header && canaryAction(rollout, wanted);
    own[at.condition] = header && headerConditions(header);
    if (header) keys.push(at.action, at.condition);
  }
  own[MANAGED_ANNOTATION] = managedAnnotations(
    ingress.metadata.annotations?.[MANAGED_ANNOTATION],
    rollout,
    keys,
  );
  const annotated = Object.entries(own).reduce(
    (object, [key, value]) =>
      withField(object, ['metadata', 'annotations', key], value),
    ingress,
  );
  return names.length ? withHeaderPaths(annotated, names, headers) : annotated;
}
