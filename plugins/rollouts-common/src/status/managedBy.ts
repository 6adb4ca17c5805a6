import type { KubeObject } from '../kubernetes/objects';
import type { ManagedBy } from '../view/rollout';

/**
 * The tool that keeps this object as it is written somewhere else, judged by
 * the labels and annotations that each documents. Such a tool reverts what is
 * changed in the cluster alone.
 * @public
 */
export function managedBy(object: KubeObject): ManagedBy | undefined {
  const labels = object.metadata.labels ?? {};
  const annotations = object.metadata.annotations ?? {};

  const tracking = annotations['argocd.argoproj.io/tracking-id'];
  if (tracking) {
    return { tool: 'Argo CD', name: tracking.split(':')[0] ?? tracking };
  }
  const instance = labels['argocd.argoproj.io/instance'];
  if (instance) {
    return { tool: 'Argo CD', name: instance };
  }
  const flux =
    labels['kustomize.toolkit.fluxcd.io/name'] ??
    labels['helm.toolkit.fluxcd.io/name'];
  if (flux) {
    return { tool: 'Flux', name: flux };
  }
  const release = annotations['meta.helm.sh/release-name'];
  if (release && labels['app.kubernetes.io/managed-by'] === 'Helm') {
    return { tool: 'Helm', name: release };
  }
  return undefined;
}
