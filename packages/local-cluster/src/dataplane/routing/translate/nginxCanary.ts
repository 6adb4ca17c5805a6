import { StoredObject } from '../../../api/clusterApi';
import { HttpMatch, HttpRoute, StringMatch } from '../httpRoute';
import { escaped } from '../pathPattern';

/** The prefix of ingress-nginx's annotations, which its operator may change. */
const CANARY = /^(.+)\/canary$/;

/** Whether the ingress only takes a part of another one's requests. */
export const isCanary = (ingress: StoredObject): boolean =>
  prefixOf(ingress) !== undefined;

function prefixOf({ metadata }: StoredObject): string | undefined {
  for (const [name, value] of Object.entries(metadata.annotations ?? {})) {
    const match = value === 'true' ? CANARY.exec(name) : null;
    if (match) return match[1];
  }
  return undefined;
}

/**
 * The rules of a path that has a canary: by header, then by cookie, then by
 * weight. Source: ingress-nginx, "Annotations / Canary".
 */
export function canaryRules(
  canaryIngress: StoredObject,
  canary: string,
  stable: string,
  match: HttpMatch,
): HttpRoute[] {
  const prefix = prefixOf(canaryIngress);
  const annotation = (name: string) =>
    canaryIngress.metadata.annotations?.[`${prefix}/${name}`];
  const to = (host: string, headers: Record<string, StringMatch>) => ({
    match: [{ ...match, headers: { ...match.headers, ...headers } }],
    route: [{ destination: { host } }],
  });
  const rules: HttpRoute[] = [];

  const header = annotation('canary-by-header');
  const value = annotation('canary-by-header-value');
  const pattern = annotation('canary-by-header-pattern');
  if (header && value !== undefined) {
    rules.push(to(canary, { [header]: { exact: value } }));
  } else if (header && pattern !== undefined) {
    rules.push(to(canary, { [header]: { regex: `.*(?:${pattern}).*` } }));
  } else if (header) {
    rules.push(to(canary, { [header]: { exact: 'always' } }));
    rules.push(to(stable, { [header]: { exact: 'never' } }));
  }
  const cookie = annotation('canary-by-cookie');
  if (cookie) {
    const holds = (wanted: string) => ({
      cookie: { regex: `(?:.*;\\s*)?${escaped(cookie)}=${wanted}(?:\\s*;.*)?` },
    });
    rules.push(to(canary, holds('always')), to(stable, holds('never')));
  }
  const total = Number(annotation('canary-weight-total') ?? 100) || 100;
  const weight = Math.min(total, Number(annotation('canary-weight') ?? 0) || 0);
  rules.push({
    match: [match],
    route: [
      { destination: { host: stable }, weight: total - weight },
      { destination: { host: canary }, weight },
    ],
  });
  return rules;
}
