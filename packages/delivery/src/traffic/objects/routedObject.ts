import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { kindKey, routeKey } from '../../rollout/snapshot';
import type { Problem } from '../../rollout/validation/problem';
import type { RoutedSnapshot, RouteReference } from '../router';

/** One object by its name. */
export type NamedReference = RouteReference & { name: string };

/** What is there under a name, if anything is. */
export function routedObject(
  { routes }: Pick<RoutedSnapshot, 'routes'>,
  { resource, namespace, name }: NamedReference,
): KubeObject | undefined {
  return routes[routeKey(resource, namespace, name)];
}

/** Says why an object that a stanza names is not there, and what to do. */
export function missingObject(
  { servedKinds = {} }: RoutedSnapshot,
  { resource, namespace, name }: NamedReference,
  field: string,
): Problem {
  const { group, kind, plural } = resource;
  return {
    field,
    kind: 'Invalid value',
    missing: true,
    value: name,
    detail:
      servedKinds[kindKey(resource)] === null
        ? `this cluster has no kind ${kind} (${plural}.${group}): install its custom resource definition, or choose another traffic router`
        : `${kind} "${name}" not found in namespace "${namespace}"; create it, or correct the name`,
  };
}
