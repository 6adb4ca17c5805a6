import { StoredObject } from '../../../api/clusterApi';
import { RoutingObjects } from '../../view/clusterView';
import { Route, routeOf } from '../route';
import { prefixByElement } from '../pathPattern';

/**
 * Ambassador's Mappings: those of one host and prefix share its requests;
 * each with a weight gets that many per cent, the one without gets the rest.
 */
export function ambassadorRoutes({ mappings }: RoutingObjects): Route[] {
  const groups = new Map<string, StoredObject[]>();
  for (const mapping of mappings.values()) {
    const { prefix = '/', host = '*', hostname = host } = mapping.spec ?? {};
    const key = `${mapping.metadata.namespace}\n${hostname}\n${prefix}`;
    groups.set(key, [...(groups.get(key) ?? []), mapping]);
  }
  return [...groups.values()].map(group => {
    const main = group.find(({ spec }) => spec?.weight === undefined);
    const first = main ?? group[0]!;
    const { prefix = '/', host = '*', hostname = host } = first.spec ?? {};
    const given = group.reduce((sum, { spec }) => sum + (spec?.weight ?? 0), 0);
    return routeOf(
      first,
      [hostname],
      [
        {
          match: [{ uri: prefixByElement(prefix) }],
          route: group.map(mapping => ({
            destination: { host: serviceOf(mapping) },
            weight:
              mapping === main ? 100 - given : (mapping.spec?.weight ?? 0),
          })),
        },
      ],
    );
  });
}

/** `http://colors.demo:80` → `colors.demo`. */
function serviceOf({ spec }: StoredObject): string {
  return String(spec?.service ?? '')
    .replace(/^\w+:\/\//, '')
    .replace(/:\d+$/, '');
}
