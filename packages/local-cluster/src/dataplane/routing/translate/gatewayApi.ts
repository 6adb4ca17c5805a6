import { StoredObject } from '../../../api/clusterApi';
import { RoutingObjects } from '../../view/clusterView';
import { HttpMatch, HttpRoute, StringMatch } from '../httpRoute';
import { escaped, prefixByElement } from '../pathPattern';
import { Route, routeOf } from '../route';

interface Reference {
  name: string;
  namespace?: string;
  weight?: number;
}

interface Match {
  path?: { type?: string; value?: string };
  method?: string | { service?: string; method?: string };
  headers?: ValueMatch[];
  queryParams?: ValueMatch[];
}

interface ValueMatch {
  type?: string;
  name: string;
  value: string;
}

interface Filter {
  type: string;
  requestMirror?: {
    backendRef: Reference;
    percent?: number;
    fraction?: { numerator: number; denominator?: number };
  };
}

interface Rule {
  name?: string;
  matches?: Match[];
  filters?: Filter[];
  backendRefs?: Reference[];
}

const escapedOrAny = (text: string | undefined) =>
  text ? escaped(text) : '[^/]+';

const hostOf = ({ name, namespace }: Reference) =>
  namespace ? `${name}.${namespace}` : name;

/**
 * HTTPRoutes and GRPCRoutes of the Kubernetes Gateway API: matches by path,
 * method, header and query in their order of precedence, weights of backends,
 * RequestMirror. Not implemented: parents and listeners, other filters,
 * filters of one backend. Source: the API's specification.
 */
export function gatewayApiRoutes(objects: RoutingObjects): Route[] {
  return [...objects.httpRoutes.values(), ...objects.grpcRoutes.values()].map(
    object =>
      routeOf(object, object.spec?.hostnames ?? [], [...rulesOf(object)]),
  );
}

/** One rule for each match, the most specific first. */
function rulesOf(object: StoredObject): HttpRoute[] {
  const rules = (object.spec?.rules ?? []) as Rule[];
  return rules
    .flatMap(rule => {
      const targets = targetsOf(rule);
      const matches = rule.matches?.length ? rule.matches : [{}];
      return matches.map(match => ({
        precedence: precedenceOf(match),
        http: {
          ...(rule.name && { name: rule.name }),
          match: [matchOf(match)],
          ...targets,
        },
      }));
    })
    .sort((left, right) => compare(left.precedence, right.precedence))
    .map(({ http }) => http);
}

function targetsOf({
  backendRefs = [],
  filters = [],
}: Rule): Pick<HttpRoute, 'route' | 'mirrors'> {
  return {
    route: backendRefs.map(reference => ({
      destination: { host: hostOf(reference) },
      weight: reference.weight ?? 1,
    })),
    mirrors: filters.flatMap(({ requestMirror }) =>
      requestMirror
        ? [
            {
              destination: { host: hostOf(requestMirror.backendRef) },
              percentage: { value: shareOf(requestMirror) },
            },
          ]
        : [],
    ),
  };
}

function shareOf({
  percent,
  fraction,
}: NonNullable<Filter['requestMirror']>): number {
  if (fraction) {
    return (100 * fraction.numerator) / (fraction.denominator ?? 100);
  }
  return percent ?? 100;
}

function matchOf({ path, method, headers, queryParams }: Match): HttpMatch {
  return {
    ...(path && { uri: pathMatch(path.type, path.value ?? '/') }),
    ...(typeof method === 'string' && { method: { exact: method } }),
    ...(typeof method === 'object' && {
      uri: {
        regex: `/${escapedOrAny(method.service)}/${escapedOrAny(method.method)}`,
      },
    }),
    headers: valueMatches(headers),
    queryParams: valueMatches(queryParams),
  };
}

function pathMatch(type: string | undefined, value: string): StringMatch {
  if (type === 'Exact') return { exact: value };
  if (type === 'RegularExpression') return { regex: value };
  return prefixByElement(value);
}

function valueMatches(matches: ValueMatch[] = []): Record<string, StringMatch> {
  return Object.fromEntries(
    matches.map(({ type, name, value }) => [
      name,
      type === 'RegularExpression' ? { regex: value } : { exact: value },
    ]),
  );
}

/** Exact paths, then the longest, then by method, headers and query. */
function precedenceOf({ path, method, headers, queryParams }: Match): number[] {
  return [
    path?.type === 'Exact' ? 1 : 0,
    path?.value?.length ?? 0,
    method ? 1 : 0,
    headers?.length ?? 0,
    queryParams?.length ?? 0,
  ];
}

function compare(left: number[], right: number[]): number {
  const differing = left.findIndex((value, index) => value !== right[index]);
  return differing < 0 ? 0 : right[differing]! - left[differing]!;
}
