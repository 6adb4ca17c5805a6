import { Cause } from '../../api/apiError';
import { NewObject, StoredObject } from '../../api/clusterApi';
import { isRecord } from '../../schema/isRecord';
import { builtinKind } from '../builtinKind';

/** The ports that a cluster opens on its nodes. */
const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2768;

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
      allocate(draft);
    },
    prepareUpdate(draft, previous) {
      const { spec } = draft;
      if (!isRecord(spec) || spec.type === 'ExternalName') return;
      spec.clusterIP ||= previous.spec?.clusterIP;
      spec.clusterIPs ??= previous.spec?.clusterIPs;
      allocate(draft);
    },
    validate: ({ spec }, previous) => [
      ...portCauses(spec),
      ...addressCauses(spec, previous),
    ],
  },
});

/** Gives the service its address and, where it has some, ports of nodes. */
function allocate(draft: NewObject): void {
  const { spec } = draft;
  if (spec.type === 'ExternalName') return;
  spec.clusterIP ||= clusterIpOf(draft);
  if (!spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return;
  if (!Array.isArray(spec.ports)) return;
  for (const port of spec.ports) {
    port.nodePort ||= FIRST_NODE_PORT + (hashOf(draft, port.port) % NODE_PORTS);
  }
}

function portCauses(spec: Record<string, any>): Cause[] {
  const needed = spec.type !== 'ExternalName' && spec.clusterIP !== 'None';
  if (!needed || spec.ports?.length) return [];
  return [
    {
      reason: 'FieldValueRequired',
      message: 'Required value',
      field: 'spec.ports',
    },
  ];
}

function addressCauses(
  spec: Record<string, any>,
  previous: StoredObject | undefined,
): Cause[] {
  const before = previous?.spec;
  const kept =
    !before?.clusterIP ||
    spec.type === 'ExternalName' ||
    before.type === 'ExternalName' ||
    spec.clusterIP === before.clusterIP;
  if (kept) return [];
  return [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify([spec.clusterIP])}: may not change once set`,
      field: 'spec.clusterIPs[0]',
    },
  ];
}

/**
 * An address in 10.96.0.0/16 from the service's name. Nothing routes by it,
 * so that two services with one address would do no harm.
 */
function clusterIpOf(draft: NewObject): string {
  const hash = hashOf(draft, '');
  return `10.96.${(hash >>> 8) & 255}.${hash & 255 || 1}`;
}

function hashOf({ metadata }: NewObject, more: number | string): number {
  let hash = 17;
  for (const character of `${metadata.namespace}/${metadata.name}${more}`) {
    hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  }
  return hash;
}
