const SUFFIX = '-canary';
/** Of an object's name in Kubernetes. */
const LONGEST = 253;

/**
 * The name of the Ingress that is made for the canary beside a stable one.
 * Source: observed of the reference, which cuts what is too long.
 */
export function canaryIngressName(
  rollout: string,
  stableIngress: string,
): string {
  return `${`${rollout}-${stableIngress}`.slice(0, LONGEST - SUFFIX.length)}${SUFFIX}`;
}
