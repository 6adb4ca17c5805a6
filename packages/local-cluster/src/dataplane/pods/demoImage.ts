/** How a pod of an image answers requests. */
export interface Behaviour {
  /** A colour's name; `slow` for that image, `gray` for one that is not a demo image. */
  color: string;
  status: number;
  latencyMs: { min: number; max: number };
}

const COLORS = new Set([
  'blue',
  'green',
  'red',
  'yellow',
  'orange',
  'purple',
  'slow',
]);
const QUICK = { min: 2, max: 12 };
const SLOW = { min: 700, max: 900 };

/**
 * Reads the behaviour from the tag: a colour answers 200 at once, `red`
 * answers 500, `slow` takes about 800 ms. Beside them, as in Argo Rollouts'
 * demo, `bad-<colour>` answers 500 and `slow-<colour>` is slow.
 */
export function behaviourOf(image: string | undefined): Behaviour {
  const tag = /:([^:/@]+)(@|$)/.exec(image ?? '')?.[1] ?? '';
  const [, prefix, color] = /^(bad-|slow-)?(.+)$/.exec(tag) ?? [];
  if (!color || !COLORS.has(color)) {
    return { color: 'gray', status: 200, latencyMs: QUICK };
  }
  return {
    color,
    status: prefix === 'bad-' || color === 'red' ? 500 : 200,
    latencyMs: prefix === 'slow-' || color === 'slow' ? SLOW : QUICK,
  };
}

/** The hash that tells a pod's revision, of a Rollout or a Deployment. */
export function revisionOf(pod: {
  metadata: { labels?: Record<string, string> };
}): string {
  const labels = pod.metadata.labels ?? {};
  return (
    labels['rollouts-pod-template-hash'] ?? labels['pod-template-hash'] ?? ''
  );
}
