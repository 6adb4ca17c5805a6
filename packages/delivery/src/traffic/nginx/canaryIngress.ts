import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ownerReference } from '../../rollout/revisions/ownerReference';
import { listAt, textAt } from '../objects/fields';
import {
  serviceOfPath,
  type Ingress,
  type IngressPath,
} from '../objects/ingress';
import type { WantedTraffic } from '../router';
import { canaryIngressName } from './canaryIngressName';

const PREFIX = 'nginx.ingress.kubernetes.io';
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** How the ingress controller's annotations begin. */
export function annotationPrefix(rollout: Rollout): string {
  const nginx = rollout.spec.strategy?.canary?.trafficRouting?.nginx;
  return nginx?.annotationPrefix || PREFIX;
}

function annotationsOf(
  rollout: Rollout,
  stable: Ingress,
  { weight }: WantedTraffic,
): Record<string, string> {
  const { nginx, maxTrafficWeight } =
    rollout.spec.strategy?.canary?.trafficRouting ?? {};
  const prefix = annotationPrefix(rollout);
  const ingressClass = stable.metadata.annotations?.[CLASS_ANNOTATION];
  const additional = Object.entries(nginx?.additionalIngressAnnotations ?? {});
  return {
    ...(ingressClass ? { [CLASS_ANNOTATION]: ingressClass } : {}),
    ...Object.fromEntries(
      additional.map(([key, value]) => [
        key.startsWith(prefix) ? key : `${prefix}/${key}`,
        value,
      ]),
    ),
    ...nginx?.canaryIngressAnnotations,
    [`${prefix}/canary`]: 'true',
    [`${prefix}/canary-weight`]: String(weight),
    ...(maxTrafficWeight === undefined
      ? {}
      : { [`${prefix}/canary-weight-total`]: String(maxTrafficWeight) }),
  };
}

/** The rules that lead to the stable service, leading to the canary's. */
function rulesOf(
  stable: Ingress,
  { stableService, canaryService }: WantedTraffic,
) {
  const rules = listAt(stable, 'spec', 'rules') as NonNullable<
    NonNullable<Ingress['spec']>['rules']
  >;
  return rules.flatMap(rule => {
    const paths = listAt(rule, 'http', 'paths') as IngressPath[];
    if (!paths.some(path => serviceOfPath(path) === stableService)) return [];
    const moved = paths.map(path =>
      serviceOfPath(path) === stableService
        ? {
            ...path,
            backend: {
              ...path.backend,
              service: { ...path.backend?.service, name: canaryService },
            },
          }
        : path,
    );
    return [{ ...rule, http: { ...rule.http, paths: moved } }];
  });
}

/**
 * The Ingress that leads a share of the stable one's requests to the canary's
 * service. What is there of it keeps the labels and annotations that others
 * have put on it. Source: docs, traffic-management/nginx.
 */
export function canaryIngress(
  rollout: Rollout,
  stable: Ingress,
  existing: Ingress | undefined,
  wanted: WantedTraffic,
): Ingress {
  const { namespace, name } = rollout.metadata;
  const ingressClassName =
    textAt(stable, 'spec', 'ingressClassName') ??
    // An admission plugin may have given it the default class.
    textAt(existing, 'spec', 'ingressClassName');
  const tls = listAt(stable, 'spec', 'tls');
  const made = existing ?? {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: canaryIngressName(name, stable.metadata.name),
      namespace,
      ownerReferences: [ownerReference(rollout)],
    },
  };
  return {
    ...made,
    metadata: {
      ...made.metadata,
      annotations: {
        ...made.metadata.annotations,
        ...annotationsOf(rollout, stable, wanted),
      },
    },
    spec: {
      ...(ingressClassName ? { ingressClassName } : {}),
      ...(tls.length ? { tls } : {}),
      rules: rulesOf(stable, wanted),
    },
  };
}
