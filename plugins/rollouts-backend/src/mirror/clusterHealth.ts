import type { ReflectorStatus } from '@progressive-delivery/kube';
import type { ClusterView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { MirrorName } from './MirrorStores';

export type ClusterHealth = Pick<
  ClusterView,
  'state' | 'message' | 'remedy' | 'missing' | 'lastSeen'
>;

/** Kinds that only some clusters have. */
const OPTIONAL: readonly MirrorName[] = [
  'virtualServices',
  'experiments',
  'analysisTemplates',
  'clusterAnalysisTemplates',
  'analysisRuns',
];

const KIND_NAMES: Record<MirrorName, string> = {
  rollouts: 'rollouts',
  replicaSets: 'replicasets',
  pods: 'pods',
  analysisRuns: 'analysisruns',
  analysisTemplates: 'analysistemplates',
  clusterAnalysisTemplates: 'clusteranalysistemplates',
  experiments: 'experiments',
  services: 'services',
  virtualServices: 'virtualservices',
  rolloutEvents: 'events',
  analysisRunEvents: 'events',
};

/**
 * How a cluster is, from how its mirrors are: the worst thing that a person
 * must know, and what to do about it.
 */
export function clusterHealth(
  statuses: Record<MirrorName, ReflectorStatus>,
): ClusterHealth {
  const entries = Object.entries(statuses) as [MirrorName, ReflectorStatus][];
  const seen = entries.flatMap(([, { lastSeen }]) => lastSeen ?? []);
  const lastSeen =
    seen.length > 0 ? new Date(Math.max(...seen)).toISOString() : undefined;
  const missing = [
    ...new Set(
      entries
        .filter(([name, status]) => isMissing(name, status))
        .map(([name]) => KIND_NAMES[name]),
    ),
  ];
  const base = { missing, lastSeen };
  const { rollouts } = statuses;

  const refused = entries.find(([, s]) => s.state === 'unauthorized');
  if (refused) {
    return {
      ...base,
      state: rollouts.lastSeen === undefined ? 'unreachable' : 'stale',
      message: 'The cluster refuses the credentials.',
      remedy:
        'Renew the token of the kubeconfig or the service account; it is picked up by itself.',
    };
  }
  const lost = entries.find(([, s]) => s.state === 'stale');
  if (lost) {
    return {
      ...base,
      state: 'stale',
      message: `The connection to the cluster is lost: ${reasonOf(lost[1])}`,
      remedy:
        'It is tried again by itself. Check that the API server runs and can be reached from here.',
    };
  }
  const never = entries.find(
    ([, s]) => s.state === 'connecting' && s.error !== undefined,
  );
  if (never) {
    return {
      ...base,
      state: 'unreachable',
      message: `The cluster does not answer: ${reasonOf(never[1])}`,
      remedy:
        'It is tried again by itself. Check the address in the configuration, and that the API server can be reached from here.',
    };
  }
  if (rollouts.state === 'absent') {
    return {
      ...base,
      state: 'no-rollouts',
      message: 'The cluster has no Rollout kind.',
      remedy: 'Install the Argo Rollouts CRDs; they are found within a minute.',
    };
  }
  if (entries.some(([, s]) => s.state === 'connecting')) {
    return { ...base, state: 'connecting' };
  }
  if (missing.length > 0) {
    return {
      ...base,
      state: 'partial',
      message: `The account may not read ${missing.join(', ')}.`,
      remedy: `Grant list and watch on ${missing.join(', ')} to the portal's service account; it is noticed within a minute.`,
    };
  }
  return { ...base, state: 'ready' };
}

function isMissing(name: MirrorName, { state }: ReflectorStatus): boolean {
  return (
    state === 'forbidden' || (state === 'absent' && !OPTIONAL.includes(name))
  );
}

function reasonOf({ error }: ReflectorStatus): string {
  return error?.message ?? 'no reason given';
}
