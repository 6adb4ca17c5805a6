import type { AnyObject } from '@progressive-delivery/kube';
import { canonical } from '../canonical';
import { type Entry, HASH_LABEL, PASSING, REVISION } from '../entry';

const DEADLINE = 'scale-down-deadline';
/** Labels that every pod of every scenario has. */
const COMMON = new Set([HASH_LABEL, 'app']);

/** How many pods of a version there are to be, and how many serve. */
export function replicaSetAspects({
  metadata,
  spec,
  status,
}: AnyObject): Entry[] {
  const { annotations = {} } = metadata;
  const version = versionOf(metadata.name, metadata.labels?.[HASH_LABEL]);
  if (!version) return [];
  const entries: Entry[] = [
    {
      aspect: `${version}: replicas wanted`,
      value: `${spec.replicas ?? 1}`,
      patience: PASSING,
      isCount: true,
    },
    {
      aspect: `${version}: replicas available`,
      value: `${status?.availableReplicas ?? 0}`,
      patience: PASSING,
      isCount: true,
    },
    {
      aspect: `${version}: scale-down scheduled`,
      // Of no pods it says nothing.
      value: annotations[DEADLINE] && spec.replicas !== 0 ? 'yes' : 'no',
      patience: PASSING,
    },
  ];
  if (annotations[REVISION]) {
    entries.push({
      aspect: `${version}: revision`,
      value: annotations[REVISION],
    });
  }
  const { affinity } = spec.template?.spec ?? {};
  if (affinity) {
    entries.push({
      aspect: `${version}: affinity`,
      value: canonical(affinity),
    });
  }
  return entries;
}

export function replicaSetGone({ metadata }: AnyObject): Entry[] {
  const version = versionOf(metadata.name, metadata.labels?.[HASH_LABEL]);
  return version
    ? [{ aspect: `${version}: replicas wanted`, value: 'deleted' }]
    : [];
}

/** Labels and annotations that pods carry beside their template's. */
export function podMetadata(pods: AnyObject[]): Entry[] {
  const byVersion = new Map<string, Set<string>>();
  for (const { metadata } of pods) {
    const hash = metadata.labels?.[HASH_LABEL];
    const text = [
      ...Object.entries(metadata.labels ?? {}),
      ...Object.entries(metadata.annotations ?? {}),
    ]
      .filter(([key]) => !COMMON.has(key))
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(' ');
    if (!hash || metadata.deletionTimestamp) continue;
    byVersion.set(hash, (byVersion.get(hash) ?? new Set()).add(text));
  }
  return [...byVersion].map(([hash, texts]) => ({
    aspect: `${hash}: metadata of its pods`,
    value: [...texts].sort().join(' and ') || 'none',
    patience: PASSING,
  }));
}

export function deploymentAspects({ metadata, spec }: AnyObject): Entry[] {
  return [
    {
      aspect: `Deployment ${metadata.name}: replicas wanted`,
      value: `${spec.replicas}`,
      isCount: true,
    },
  ];
}

/** A ReplicaSet of a rollout is known by its hash, one of an experiment by its name. */
function versionOf(name: string, hash: string | undefined) {
  if (!hash) return undefined;
  return name.endsWith(hash) ? hash : name;
}
