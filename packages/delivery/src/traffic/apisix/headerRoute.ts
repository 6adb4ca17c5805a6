import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ownerReference } from '../../rollout/revisions/ownerReference';
import type { HeaderRoute } from '../managedRoute';
import { listAt, textAt, weightAt } from '../objects/fields';
import type { ApisixBackend, ApisixRoute, ApisixRule } from './apisixObjects';

const CANARY_ALONE = 100;

function expressions({ match }: HeaderRoute) {
  return match.flatMap(({ headerName, headerValue }) => {
    const subject = { scope: 'Header', name: headerName };
    const { exact, regex, prefix } = headerValue;
    return [
      ...(exact ? [{ subject, op: 'Equal', value: exact }] : []),
      ...(regex ? [{ subject, op: 'RegexMatch', value: regex }] : []),
      ...(prefix ? [{ subject, op: 'RegexMatch', value: `^${prefix}.*` }] : []),
    ];
  });
}

/**
 * The ApisixRoute that leads requests with some headers to the canary: the
 * rules of the weighted one, with a higher priority. Source: docs,
 * traffic-management/apisix, "Updating a Rollout".
 */
export function headerApisixRoute(
  rollout: Rollout,
  weighted: ApisixRoute,
  existing: ApisixRoute | undefined,
  wanted: HeaderRoute,
  rules: readonly string[],
  canaryService: string,
): ApisixRoute {
  const copied = (listAt(weighted, 'spec', 'http') as ApisixRule[])
    .filter(rule => rules.includes(textAt(rule, 'name') ?? ''))
    .map(rule => ({
      ...rule,
      priority: weightAt(rule, 'priority') + 1,
      match: { ...rule.match, exprs: expressions(wanted) },
      backends: (listAt(rule, 'backends') as ApisixBackend[])
        .filter(each => textAt(each, 'serviceName') === canaryService)
        .map(each => ({ ...each, weight: CANARY_ALONE })),
    }));
  const { apiVersion, kind, metadata } = weighted;
  return {
    ...(existing ?? {
      apiVersion,
      kind,
      metadata: {
        name: wanted.name,
        namespace: metadata.namespace,
        ownerReferences: [ownerReference(rollout)],
      },
    }),
    spec: { ...weighted.spec, ...existing?.spec, http: copied },
  };
}
