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

/**
 * ApisixRoutes: rules by priority, with paths, methods, headers that equal or
 * match, and backends by weight.
 */
export function apisixRoutes({ apisixRoutes: all }: RoutingObjects): Route[] {
  return [...all.values()].map(object => {
    const rules = [...((object.spec?.http ?? []) as Rule[])].sort(
      (left, right) => (right.priority ?? 0) - (left.priority ?? 0),
    );
    return routeOf(
      object,
      [...new Set(rules.flatMap(rule => rule.match?.hosts ?? ['*']))],
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
