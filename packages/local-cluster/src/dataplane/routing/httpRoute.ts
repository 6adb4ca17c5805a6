import { hostMatches } from './hostName';

/**
 * A rule of the gateway: what requests it is for, and where they go. The form
 * is that of Istio's VirtualService, which says most; the objects of other
 * routers are translated into it.
 */
export interface HttpRoute {
  name?: string;
  match?: HttpMatch[];
  route?: { destination: Destination; weight?: number }[];
  mirror?: Destination;
  mirrorPercentage?: { value?: number };
  mirrors?: { destination: Destination; percentage?: { value?: number } }[];
}

export interface Destination {
  host: string;
  subset?: string;
  /** Only pods with these labels. */
  labels?: Record<string, string>;
}

export type StringMatch = { exact?: string; prefix?: string; regex?: string };

export interface HttpMatch {
  /** For routes whose hosts have different rules. */
  host?: string;
  uri?: StringMatch;
  method?: StringMatch;
  ignoreUriCase?: boolean;
  headers?: Record<string, StringMatch>;
  withoutHeaders?: Record<string, StringMatch>;
  queryParams?: Record<string, StringMatch>;
}

/** What of a request routes are matched against. Header names in lower case. */
export interface RoutedRequest {
  /** Undefined when the request is addressed by its path: then any host will do. */
  host?: string;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string | undefined>;
}

/**
 * The first http route whose matches hold, in the order of the object. Within
 * a match all conditions hold, of several matches one. Source: Istio's
 * reference of VirtualService. Not implemented: matches by port, gateway,
 * authority, scheme and source; redirects, rewrites, faults, retries and
 * timeouts.
 */
export function findHttpRoute(
  routes: readonly HttpRoute[],
  request: RoutedRequest,
): HttpRoute | undefined {
  return routes.find(
    route =>
      !route.match?.length ||
      route.match.some(match => matches(match, request)),
  );
}

function matches(match: HttpMatch, request: RoutedRequest): boolean {
  const question = request.path.indexOf('?');
  const path = question < 0 ? request.path : request.path.slice(0, question);
  const query = new URLSearchParams(
    question < 0 ? '' : request.path.slice(question),
  );
  const uri = match.ignoreUriCase ? path.toLowerCase() : path;
  const header = (name: string) => request.headers[name.toLowerCase()];
  return (
    (match.host === undefined ||
      request.host === undefined ||
      hostMatches(match.host, request.host)) &&
    holds(match.uri && lower(match.uri, match.ignoreUriCase), uri) &&
    holds(match.method, request.method) &&
    Object.entries(match.headers ?? {}).every(([name, wanted]) =>
      present(wanted, header(name)),
    ) &&
    !Object.entries(match.withoutHeaders ?? {}).some(([name, wanted]) =>
      present(wanted, header(name)),
    ) &&
    Object.entries(match.queryParams ?? {}).every(([name, wanted]) =>
      present(wanted, query.get(name) ?? undefined),
    )
  );
}

function lower(match: StringMatch, ignoreCase: boolean | undefined) {
  if (!ignoreCase) return match;
  return {
    ...match,
    ...(match.exact !== undefined && { exact: match.exact.toLowerCase() }),
    ...(match.prefix !== undefined && { prefix: match.prefix.toLowerCase() }),
  };
}

/** An empty match (`x-debug: {}`) asks only that the value is there. */
function present(wanted: StringMatch, actual: string | undefined) {
  return actual !== undefined && holds(wanted, actual);
}

function holds(wanted: StringMatch | undefined, actual: string): boolean {
  if (wanted?.exact !== undefined) return actual === wanted.exact;
  if (wanted?.prefix !== undefined) return actual.startsWith(wanted.prefix);
  if (wanted?.regex !== undefined) {
    try {
      return new RegExp(`^(?:${wanted.regex})$`).test(actual);
    } catch {
      return false; // Not a regular expression: it matches nothing.
    }
  }
  return true;
}
