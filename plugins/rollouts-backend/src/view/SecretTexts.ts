import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';

export const HIDDEN = '‹secret›';
/** Shorter ones are words that occur by themselves. */
const SHORTEST = 8;
/** Headers that say nothing secret. */
const PLAIN_HEADERS = /^(accept|content-type|user-agent|host|x-scope-orgid)$/i;
const TEMPLATE = /\{\{/;

const ADDRESS = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s"'<>]+)/gi;
const CREDENTIALS = /\b(bearer|basic)\s+(?=[^\s"',;]*[\d=])[^\s"',;]{6,}/gi;
const ASSIGNMENT =
  /\b((?:authorization|x-api-key|api[-_]?key|password|passwd|token|client_secret)["']?\s{0,3}[:=]\s{0,3}["']?)(?:(?:bearer|basic)\s+)?[^\s"',;&]{4,}/gi;

/**
 * Takes out of texts what a provider may have echoed. The portal reads no
 * Secrets, so it cannot know their values: what it takes out is what manifests
 * hold in headers, bodies and authentication, and what by its place can only
 * be a credential.
 */
export class SecretTexts {
  readonly #known: string[];

  constructor(runs: AnalysisRun[]) {
    const known = new Set(
      runs.flatMap(({ spec }) =>
        (spec.metrics ?? []).flatMap(({ provider }) =>
          Object.values(provider ?? {}).flatMap(secretsOf),
        ),
      ),
    );
    this.#known = [...known]
      .filter(text => text.length >= SHORTEST && !TEMPLATE.test(text))
      .flatMap(formsOf)
      // The longest first: one form may be part of another.
      .sort((a, b) => b.length - a.length);
  }

  clean(text: string): string {
    return this.#known
      .reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text)
      .replace(ADDRESS, cleanAddress)
      .replace(CREDENTIALS, `$1 ${HIDDEN}`)
      .replace(ASSIGNMENT, `$1${HIDDEN}`);
  }

  /** A copy in which the texts under these keys are clean, at whatever depth. */
  cleanIn<T>(value: T, keys: ReadonlySet<string>): T {
    return cleanFields(value, keys, text => this.clean(text)) as T;
  }
}

function cleanFields(
  value: unknown,
  keys: ReadonlySet<string>,
  clean: (text: string) => string,
): unknown {
  if (Array.isArray(value)) {
    return value.map(each => cleanFields(each, keys, clean));
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      typeof field === 'string' && keys.has(key)
        ? clean(field)
        : cleanFields(field, keys, clean),
    ]),
  );
}

/** What a provider's stanza holds in the places where secrets are put. */
function secretsOf(stanza: unknown): string[] {
  if (!isRecord(stanza)) {
    return [];
  }
  const { headers, authentication, body, jsonBody } = stanza;
  return [
    ...(Array.isArray(headers) ? headers : []).flatMap(header =>
      isRecord(header) && !PLAIN_HEADERS.test(String(header.key))
        ? leavesOf(header.value)
        : [],
    ),
    ...leavesOf(authentication),
    ...leavesOf(body),
    ...(jsonBody === undefined ? [] : [JSON.stringify(jsonBody)]),
  ];
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leavesOf)
    : [];
}

function formsOf(text: string): string[] {
  return [
    ...new Set([
      text,
      Buffer.from(text).toString('base64').replace(/=+$/, ''),
      encodeURIComponent(text),
      JSON.stringify(text).slice(1, -1),
    ]),
  ];
}

/** Without user, password and query. */
function cleanAddress(_: string, scheme: string, rest: string): string {
  const [address = '', query] = rest.split('?', 2);
  const end = address.search(/[/]|$/);
  const authority = address.slice(0, end);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const user = host === authority ? '' : `${HIDDEN}@`;
  const tail = query === undefined ? '' : `?${HIDDEN}`;
  return `${scheme}${user}${host}${address.slice(end)}${tail}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
