import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, type Resource } from '@progressive-delivery/kube/resources';

const KNOWN: Resource[] = Object.values(RESOURCES);

/** The resource that serves an object of this kind, by Kubernetes' naming when it is not one of ours. */
export function resourceOf({
  apiVersion = 'v1',
  kind = '',
}: KubeObject): Resource {
  const [version = 'v1', group = ''] = apiVersion.split('/').reverse();
  const found = KNOWN.find(each => each.kind === kind && each.group === group);
  const plural = kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se');
  return found
    ? { ...found, version }
    : { group, version, kind, plural: `${plural}s`, namespaced: true };
}
