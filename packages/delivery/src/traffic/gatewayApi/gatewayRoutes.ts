import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, type Resource } from '@progressive-delivery/kube/resources';
import { isSelectedBy } from '../../rollout/restart/isSelectedBy';
import { fieldAt, isFields, listAt, textAt } from '../objects/fields';
import { stanzaAt, stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot, RouteReference } from '../router';

/** Where its stanza stands: that of the reference's plugin. */
export const PLUGIN = ['plugins', 'argoproj-labs/gatewayAPI'] as const;

/** Kinds of routes, by the beginning of their fields. */
const KINDS: readonly (readonly [field: string, resource: Resource])[] = [
  ['httpRoute', RESOURCES.httpRoutes],
  ['grpcRoute', RESOURCES.grpcRoutes],
  ['tcpRoute', RESOURCES.tcpRoutes],
  ['tlsRoute', RESOURCES.tlsRoutes],
];

/** A route that a stanza names or selects. */
export interface GatewayRoute {
  resource: Resource;
  namespace: string;
  name: string;
  /** `…httpRoutes[0].name` */
  field: string;
  /** Header routes are put into it. */
  useHeaderRoutes: boolean;
}

export function namespaceOf(rollout: Rollout): string {
  return (
    textAt(stanzaAt(rollout, ...PLUGIN), 'namespace') ||
    (rollout.metadata.namespace ?? '')
  );
}

const takesHeaders = (resource: Resource) =>
  resource === RESOURCES.httpRoutes || resource === RESOURCES.grpcRoutes;

/** Routes by their names. */
export function namedRoutes(rollout: Rollout): GatewayRoute[] {
  const stanza = stanzaAt(rollout, ...PLUGIN);
  const namespace = namespaceOf(rollout);
  return KINDS.flatMap(([field, resource]) => {
    const one = textAt(stanza, field);
    const several = listAt(stanza, `${field}s`).map((each, i) => ({
      resource,
      namespace,
      name: textAt(each, 'name') ?? '',
      field: stanzaPath(...PLUGIN, `${field}s[${i}].name`),
      useHeaderRoutes:
        takesHeaders(resource) && fieldAt(each, 'useHeaderRoutes') === true,
    }));
    return one
      ? [
          ...several,
          {
            resource,
            namespace,
            name: one,
            field: stanzaPath(...PLUGIN, field),
            useHeaderRoutes: takesHeaders(resource),
          },
        ]
      : several;
  });
}

/** The kinds of which routes are selected by labels, with the selector. */
function selectors(rollout: Rollout) {
  const stanza = stanzaAt(rollout, ...PLUGIN);
  return KINDS.flatMap(([field, resource]) => {
    const selector = fieldAt(stanza, `${field}Selector`);
    return isFields(selector)
      ? [
          {
            resource,
            selector,
            field: stanzaPath(...PLUGIN, `${field}Selector`),
          },
        ]
      : [];
  });
}

/** All that may be routed by: selectors need every object of their kind. */
export function gatewayReferences(rollout: Rollout): RouteReference[] {
  const namespace = namespaceOf(rollout);
  return [
    ...namedRoutes(rollout).map(({ resource, name }) => ({
      resource,
      namespace,
      name,
    })),
    ...selectors(rollout).map(({ resource }) => ({ resource, namespace })),
  ];
}

/** The routes of a stanza with the objects that are there, each once. */
export function gatewayRoutes({
  rollout,
  routes,
}: Pick<RoutedSnapshot, 'rollout' | 'routes'>): (GatewayRoute & {
  object?: KubeObject;
})[] {
  const namespace = namespaceOf(rollout);
  const of = (resource: Resource) =>
    Object.entries(routes).flatMap(([key, object]) =>
      key.startsWith(`${resource.group}/${resource.plural}/${namespace}/`)
        ? [object]
        : [],
    );
  const named = namedRoutes(rollout).map(route => ({
    ...route,
    object: of(route.resource).find(
      ({ metadata }) => metadata.name === route.name,
    ),
  }));
  const selected = selectors(rollout).flatMap(({ resource, selector, field }) =>
    of(resource)
      .filter(({ metadata }) => isSelectedBy(metadata.labels, selector))
      .map(object => ({
        resource,
        namespace,
        name: object.metadata.name,
        field,
        useHeaderRoutes: false,
        object,
      })),
  );
  return [
    ...named,
    ...selected.filter(
      each =>
        !named.some(
          ({ resource, name }) =>
            resource === each.resource && name === each.name,
        ),
    ),
  ];
}
