import { StoredObject } from '../../../api/clusterApi';
import { RoutingObjects } from '../../view/clusterView';
import { HttpMatch } from '../httpRoute';
import { Route, routeOf } from '../route';
import { escaped } from '../pathPattern';

interface Rule {
  name?: string;
  priority?: number;
  match?: {
    hosts?: string[];
    paths?: string[];
    methods?: string[];
    exprs?: {
      subject?: { scope?: string; name?: string };
      op?: string;
      value?: string;
    }[];
  };
  backends?: { serviceName: string; weight?: number }[];
}

const rulesOf = (object: StoredObject) => (object.spec?.http ?? []) as Rule[];

/**
 * ApisixRoutes: rules by priority, with paths, methods, headers that equal or
 * match, and backends by weight. APISIX weighs the rules of all objects
 * against each other, so those of other objects of the namespace count that
 * are for the same hosts and paths.
 */
export function apisixRoutes({ apisixRoutes: all }: RoutingObjects): Route[] {
  const objects = [...all.values()];
  return objects.map(object => {
    const own = rulesOf(object);
    const others = objects
      .filter(
        other =>
          other !== object &&
          other.metadata.namespace === object.metadata.namespace,
      )
      .flatMap(rulesOf)
      .filter(rule => own.some(one => compete(one, rule)));
    const rules = [...own, ...others].sort(
      (left, right) => (right.priority ?? 0) - (left.priority ?? 0),
    );
    return routeOf(
      object,
      [...new Set(own.flatMap(rule => rule.match?.hosts ?? ['*']))],
      rules.map(rule => ({
        name: rule.name,
        match: matchesOf(rule),
        route: (rule.backends ?? []).map(({ serviceName, weight }) => ({
          destination: { host: serviceName },
          weight: weight ?? 100,
        })),
      })),
    );
  });
}

/** Whether one request can be for both. */
function compete({ match: left = {} }: Rule, { match: right = {} }: Rule) {
  const share = (a: string[] = [], b: string[] = []) =>
    a.length === 0 || b.length === 0 || a.some(item => b.includes(item));
  return share(left.hosts, right.hosts) && share(left.paths, right.paths);
}

/** `/*` ends a path that is a prefix. */
function matchesOf({ match = {} }: Rule): HttpMatch[] {
  const headers = Object.fromEntries(
    (match.exprs ?? []).flatMap(({ subject, op, value = '' }) =>
      subject?.scope === 'Header' && subject.name
        ? [
            [
              subject.name,
              op === 'RegexMatch' ? { regex: value } : { exact: value },
            ],
          ]
        : [],
    ),
  );
  const method = match.methods?.length
    ? { method: { regex: match.methods.map(escaped).join('|') } }
    : {};
  return (match.paths ?? ['/*']).map(path => ({
    ...method,
    headers,
    uri: path.endsWith('*') ? { prefix: path.slice(0, -1) } : { exact: path },
  }));
}
