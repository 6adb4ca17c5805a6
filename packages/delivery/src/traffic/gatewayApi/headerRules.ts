import type { HeaderRoute } from '../managedRoute';
import { fieldAt, isFields, listAt, textAt } from '../objects/fields';
import type { WantedTraffic } from '../router';

/** One rule of a route, of whatever kind. */
export interface RouteRule {
  name?: string;
  matches?: { headers?: unknown[]; [field: string]: unknown }[];
  filters?: unknown[];
  backendRefs?: { name?: string; weight?: number; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** Whether a name is that of a managed route, or of its rule for another match. */
export function isManagedRule(
  rule: unknown,
  names: readonly string[],
): boolean {
  const name = textAt(rule, 'name');
  return (
    name !== undefined &&
    names.some(
      each =>
        name === each ||
        (name.startsWith(`${each}-`) &&
          /^\d+$/.test(name.slice(each.length + 1))),
    )
  );
}

/** Whether a rule leads to both sides: its weights are the rollout's. */
export function isSplit(
  rule: unknown,
  {
    canaryService,
    stableService,
  }: Pick<WantedTraffic, 'canaryService' | 'stableService'>,
): boolean {
  const names = listAt(rule, 'backendRefs').map(each => textAt(each, 'name'));
  return names.includes(canaryService) && names.includes(stableService);
}

function headerMatches({ match }: HeaderRoute) {
  return match.map(({ headerName, headerValue: { exact, prefix, regex } }) => ({
    type: exact ? 'Exact' : 'RegularExpression',
    name: headerName,
    value: exact || (prefix ? `${prefix}.*` : regex),
  }));
}

/**
 * Whether an object says all that another says. What it says beyond that are
 * defaults that the API server has filled in.
 */
function says(object: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(object) &&
      object.length === wanted.length &&
      wanted.every((each, i) => says(object[i], each))
    );
  }
  if (!isFields(wanted)) return object === wanted;
  return Object.keys(wanted).every(
    key => wanted[key] === undefined || says(fieldAt(object, key), wanted[key]),
  );
}

/**
 * The rules of a header route: for each rule that is split, one that matches
 * the same and the headers, and leads to the canary alone. Source:
 * documentation of the reference's plugin, "Header based routing".
 */
export function headerRules(
  wanted: HeaderRoute,
  split: readonly RouteRule[],
  existing: readonly RouteRule[],
  canaryService: string,
): RouteRule[] {
  const headers = headerMatches(wanted);
  return split.map((rule, i) => {
    const name = i === 0 ? wanted.name : `${wanted.name}-${i}`;
    const canary = (rule.backendRefs ?? []).find(
      each => each.name === canaryService,
    );
    const matches = listAt(rule, 'matches') as NonNullable<
      RouteRule['matches']
    >;
    const made: RouteRule = {
      name,
      matches: matches.length
        ? matches.map(match => ({
            ...match,
            headers: [...listAt(match, 'headers'), ...headers],
          }))
        : [{ headers }],
      filters: listAt(rule, 'filters'),
      backendRefs: [
        {
          group: '',
          kind: 'Service',
          name: canaryService,
          ...(canary?.port === undefined ? {} : { port: canary.port }),
        },
      ],
    };
    const there = existing.find(each => textAt(each, 'name') === name);
    return there && says(there, made) ? there : made;
  });
}
