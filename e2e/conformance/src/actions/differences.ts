import type { Json } from './deepMerge';

export interface Difference {
  path: string;
  reference: unknown;
  ours: unknown;
}

/** Fields that differ between any two objects. */
const OWN_METADATA = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'namespace',
];
const OWN_TIMES = new Set(['spec.restartAt']);

/** What two objects differ in, field by field, apart from what must differ. */
export function differences(reference: Json, ours: Json): Difference[] {
  const left = flatten(comparable(reference));
  const right = flatten(comparable(ours));
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter(path => left.get(path) !== right.get(path))
    .sort()
    .map(path => ({
      path,
      reference: left.get(path),
      ours: right.get(path),
    }));
}

function comparable(object: Json): Json {
  const metadata = { ...object.metadata };
  for (const field of OWN_METADATA) delete metadata[field];
  metadata.ownerReferences = (metadata.ownerReferences ?? []).map(
    (owner: Json) => ({ ...owner, uid: '<uid>' }),
  );
  return { ...object, metadata };
}

/** Leaves by their path, as JSON; a moment in time is only known to be one. */
function flatten(value: unknown, path = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const [key, child] of entries) {
      const at = path ? `${path}.${key}` : key;
      for (const [leaf, text] of flatten(child, at)) leaves.set(leaf, text);
    }
    // An empty object or list is something else than none.
    if (entries.length === 0) leaves.set(path, JSON.stringify(value));
    return leaves;
  }
  leaves.set(path, OWN_TIMES.has(path) ? '<time>' : JSON.stringify(value));
  return leaves;
}
