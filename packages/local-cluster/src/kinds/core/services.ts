import { NewObject } from '../../api/clusterApi';
import { builtinKind } from '../builtinKind';

export const services = builtinKind({
  kind: 'Service',
  shortNames: ['svc'],
  categories: ['all'],
  status: true,
  selectableFields: ['spec.clusterIP', 'spec.type'],
  rules: {
    applyDefaults(draft) {
      draft.spec ??= {};
      const { spec } = draft;
      spec.type ??= 'ClusterIP';
      spec.sessionAffinity ??= 'None';
      if (spec.type !== 'ExternalName') {
        spec.internalTrafficPolicy ??= 'Cluster';
        spec.ipFamilyPolicy ??= 'SingleStack';
        spec.ipFamilies ??= ['IPv4'];
      }
      if (Array.isArray(spec.ports)) {
        for (const port of spec.ports) {
          port.protocol ??= 'TCP';
          port.targetPort ||= port.port; // 0 is as good as absent.
        }
      }
    },
    prepareCreate(draft) {
      draft.status ??= { loadBalancer: {} };
      if (draft.spec.type === 'ExternalName') return;
      draft.spec.clusterIP ||= clusterIpOf(draft);
      if (!draft.spec.clusterIPs?.length) {
        draft.spec.clusterIPs = [draft.spec.clusterIP];
      }
    },
  },
});

/**
 * An address in 10.96.0.0/16 from the service's name. Nothing routes by it,
 * so that two services with one address would do no harm.
 */
function clusterIpOf(draft: NewObject): string {
  let hash = 17;
  for (const character of `${draft.metadata.namespace}/${draft.metadata.name}`) {
    hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  }
  return `10.96.${(hash >>> 8) & 255}.${hash & 255 || 1}`;
}
