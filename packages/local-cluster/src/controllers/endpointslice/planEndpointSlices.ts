import { createHash } from 'node:crypto';
import { StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { isFinished, isReady, isTerminating } from '../objects/pod';

/** Endpoints per slice at most, Kubernetes' default. */
const SLICE_SIZE = 100;

export interface SliceContent {
  name: string;
  addressType: 'IPv4';
  endpoints: Record<string, unknown>[];
  ports: Record<string, unknown>[];
}

/**
 * The EndpointSlices that a service should have: its pods that have an
 * address, in the order of their names, in slices of a hundred. Pure.
 * Headless and ordinary services alike; none for one without a selector.
 */
export function planEndpointSlices(
  service: StoredObject,
  pods: StoredObject[],
): SliceContent[] {
  const matchLabels = service.spec?.selector as
    Record<string, string> | undefined;
  if (!matchLabels || Object.keys(matchLabels).length === 0) return [];
  const selected = pods
    .filter(
      pod =>
        pod.status?.podIP &&
        !isFinished(pod) &&
        matchesSelector({ matchLabels }, pod.metadata.labels),
    )
    .sort((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
  const always = service.spec.publishNotReadyAddresses === true;
  const slices: SliceContent[] = [];
  for (let n = 0; n === 0 || n * SLICE_SIZE < selected.length; n++) {
    const part = selected.slice(n * SLICE_SIZE, (n + 1) * SLICE_SIZE);
    slices.push({
      name: sliceName(service, n),
      addressType: 'IPv4',
      endpoints: part.map(pod => endpointOf(pod, always)),
      ports: portsOf(service, part[0]),
    });
  }
  return slices;
}

function endpointOf(
  pod: StoredObject,
  always: boolean,
): Record<string, unknown> {
  const terminating = isTerminating(pod);
  const serving = isReady(pod);
  return {
    addresses: [pod.status.podIP],
    conditions: {
      ready: always || (serving && !terminating),
      serving,
      terminating,
    },
    nodeName: pod.spec.nodeName,
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  };
}

interface ServicePort {
  name?: string;
  protocol?: string;
  port: number;
  targetPort?: number | string;
}

/** Named target ports are looked up in the first pod: pods of a service are alike here. */
function portsOf(
  service: StoredObject,
  pod: StoredObject | undefined,
): Record<string, unknown>[] {
  const containers = (pod?.spec.containers ?? []) as {
    ports?: { name?: string; containerPort: number }[];
  }[];
  const named = containers.flatMap(container => container.ports ?? []);
  return ((service.spec.ports ?? []) as ServicePort[]).map(port => {
    const target = port.targetPort ?? port.port;
    const number =
      typeof target === 'number'
        ? target
        : named.find(candidate => candidate.name === target)?.containerPort;
    return {
      name: port.name ?? '',
      protocol: port.protocol ?? 'TCP',
      ...(number !== undefined && { port: number }),
    };
  });
}

function sliceName(service: StoredObject, n: number): string {
  const digest = createHash('sha1')
    .update(`${service.metadata.uid}/${n}`)
    .digest('hex')
    .slice(0, 5);
  return `${service.metadata.name}-${digest}`;
}
