import { StoredObject } from '../../../api/clusterApi';
import { HttpMatch, HttpRoute } from '../httpRoute';

interface Action {
  ForwardConfig?: {
    TargetGroups?: { ServiceName?: string; Weight?: number }[];
  };
}

interface Condition {
  field: string;
  httpHeaderConfig?: { httpHeaderName: string; values?: string[] };
}

/**
 * The rule of a backend that an annotation of the AWS Load Balancer
 * Controller describes: target groups by weight (`actions.<name>`), for
 * requests with some headers (`conditions.<name>`).
 */
export function albAction(
  ingress: StoredObject,
  name: string,
  match: HttpMatch,
): HttpRoute[] {
  const annotations = ingress.metadata.annotations ?? {};
  const annotation = (kind: string): unknown => {
    const key = Object.keys(annotations).find(candidate =>
      candidate.endsWith(`/${kind}.${name}`),
    );
    return key === undefined ? undefined : parseOrUndefined(annotations[key]!);
  };
  const action = annotation('actions') as Action | undefined;
  const groups = action?.ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) return [];
  const conditions = annotation('conditions') as Condition[] | undefined;
  const headers = Object.fromEntries(
    (conditions ?? []).flatMap(({ field, httpHeaderConfig }) =>
      field === 'http-header' && httpHeaderConfig
        ? [
            [
              httpHeaderConfig.httpHeaderName,
              {
                regex: (httpHeaderConfig.values ?? []).map(wildcard).join('|'),
              },
            ],
          ]
        : [],
    ),
  );
  return [
    {
      match: [{ ...match, headers }],
      route: groups.map(({ ServiceName = '', Weight }) => ({
        destination: { host: ServiceName },
        weight: Weight ?? 1,
      })),
    },
  ];
}

/** The load balancer's `*` and `?` as a regular expression. */
function wildcard(value: string): string {
  return value
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
}

/** An annotation that is no JSON leaves the backend without a route. */
function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
