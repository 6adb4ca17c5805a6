import { Clock } from '../api/clock';
import { ClusterApi } from '../api/clusterApi';
import { LEASES, NAMESPACES, NODES } from '../controllers/objects/resources';
import { timestamp } from '../controllers/objects/time';
import { Log } from '../controllers/queue/log';
import { NODE_NAME } from './kubelet';

const LEASE_NAMESPACE = 'kube-node-lease';
const RENEW_EVERY_MS = 10_000;
const LEASE_SECONDS = 40;

/**
 * Registers the one node, with its conditions and capacity, and renews its
 * lease as a kubelet does. Returns what stops the renewals.
 */
export function startNode(options: {
  api: ClusterApi;
  clock: Clock;
  log: Log;
  nodeName?: string;
}): () => void {
  const { api, clock, log } = options;
  const name = options.nodeName ?? NODE_NAME;
  if (!api.find(NAMESPACES, undefined, LEASE_NAMESPACE)) {
    api.create(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: LEASE_NAMESPACE },
    });
  }
  register(api, name, timestamp(clock.now()));

  let cancel: (() => void) | undefined;
  const renew = () => {
    try {
      renewLease(api, name, clock.now());
    } catch (error) {
      log(`node lease: ${String(error)}`);
    }
    cancel = clock.after(RENEW_EVERY_MS, renew);
  };
  renew();
  return () => cancel?.();
}

function register(api: ClusterApi, name: string, now: string): void {
  const node =
    api.find(NODES, undefined, name) ??
    api.create(NODES, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
        },
      },
      spec: {},
    });
  const resources = { cpu: '64', memory: '256Gi', pods: '1000' };
  api.update(
    NODES,
    {
      ...node,
      status: {
        capacity: resources,
        allocatable: resources,
        addresses: [
          { type: 'InternalIP', address: '127.0.0.1' },
          { type: 'Hostname', address: name },
        ],
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'KubeletReady',
            message: 'the simulated kubelet is running',
            lastHeartbeatTime: now,
            lastTransitionTime: now,
          },
        ],
        nodeInfo: {
          kubeletVersion: 'v1.34.1',
          containerRuntimeVersion: 'simulated://1',
          operatingSystem: 'linux',
          osImage: 'Simulated',
        },
      },
    },
    { subresource: 'status' },
  );
}

function renewLease(api: ClusterApi, name: string, now: number): void {
  // MicroTime: six decimals.
  const renewTime = new Date(now).toISOString().replace('Z', '000Z');
  const lease = api.find(LEASES, LEASE_NAMESPACE, name);
  if (lease) {
    const change = { spec: { renewTime } };
    api.patch(LEASES, LEASE_NAMESPACE, name, change, { type: 'merge' });
    return;
  }
  api.create(LEASES, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: LEASE_NAMESPACE },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime,
    },
  });
}
