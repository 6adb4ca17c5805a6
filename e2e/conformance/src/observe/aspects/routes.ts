import type { AnyObject } from '@progressive-delivery/kube';
import { canonical } from '../canonical';
import { type Entry, HASH_LABEL } from '../entry';

const OWNER = 'argo-rollouts.argoproj.io/managed-by-rollouts';

export function serviceAspects({ metadata, spec }: AnyObject): Entry[] {
  return [
    {
      aspect: `Service ${metadata.name}: selects`,
      value: spec.selector?.[HASH_LABEL] ?? 'every version',
    },
    {
      aspect: `Service ${metadata.name}: managed by`,
      value: metadata.annotations?.[OWNER] ?? 'none',
    },
  ];
}

export function virtualServiceAspects({ metadata, spec }: AnyObject): Entry[] {
  const routes = ['http', 'tls', 'tcp'].flatMap(protocol =>
    (spec?.[protocol] ?? []).map((route: AnyObject) => ({
      protocol,
      route,
    })),
  );
  return [
    {
      aspect: `VirtualService ${metadata.name}`,
      value: routes
        .map(({ protocol, route }) => istioRoute(protocol, route))
        .join('; '),
    },
  ];
}

function istioRoute(protocol: string, route: AnyObject): string {
  const { name, route: destinations = [], match, mirror } = route;
  const parts = [`${protocol} ${name ?? ''}`.trim()];
  if (match && protocol === 'http') parts.push(`if ${canonical(match)}`);
  parts.push(`→ ${destinations.map(istioDestination).join(', ')}`);
  if (mirror) {
    parts.push(
      `mirror ${istioHost(mirror)} ${route.mirrorPercentage?.value ?? ''}`.trim(),
    );
  }
  return parts.join(' ');
}

function istioDestination({ destination, weight }: AnyObject): string {
  return `${istioHost(destination)} ${weight ?? ''}`.trim();
}

function istioHost({ host, subset }: AnyObject): string {
  return subset ? `${host}/${subset}` : host;
}

export function destinationRuleAspects({ metadata, spec }: AnyObject): Entry[] {
  return [
    {
      aspect: `DestinationRule ${metadata.name}`,
      value: (spec?.subsets ?? [])
        .map(({ name, labels }: AnyObject) => `${name}: ${canonical(labels)}`)
        .join('; '),
    },
  ];
}

/** An ingress counts by its annotations and by where its paths lead. */
export function ingressAspects({ metadata, spec }: AnyObject): Entry[] {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...rest } =
    metadata.annotations ?? {};
  const paths = (spec?.rules ?? []).flatMap((rule: AnyObject) =>
    (rule.http?.paths ?? []).map(
      ({ path, backend }: AnyObject) =>
        `${rule.host ?? '*'}${path ?? ''} → ${backend?.service?.name}:${backend?.service?.port?.name ?? backend?.service?.port?.number}`,
    ),
  );
  return [
    {
      aspect: `Ingress ${metadata.name}`,
      value: `class ${spec?.ingressClassName ?? 'none'}; ${paths.join(', ')}; ${canonical(rest)}`,
    },
  ];
}

/** Any other router's object: all that it asks for. */
export function specAspects({ kind, metadata, spec }: AnyObject): Entry[] {
  return [{ aspect: `${kind} ${metadata.name}`, value: canonical(spec ?? {}) }];
}

export function routeGone({ kind, metadata }: AnyObject): Entry[] {
  return [{ aspect: `${kind} ${metadata.name}`, value: 'deleted' }];
}
