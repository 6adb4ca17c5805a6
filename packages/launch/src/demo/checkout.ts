/** The demo's rollout whose release waits for approval. */
export const CHECKOUT = { namespace: 'demo', name: 'checkout' };
const FIRST_IMAGE = 'demo/checkout:blue';

/** What is read of it. */
export interface Checkout {
  metadata: { uid: string; generation: number; name: string };
  spec: { template: { spec: { containers: { image: string }[] } } };
  status?: {
    currentPodHash?: string;
    stableRS?: string;
    currentStepIndex?: number;
    phase?: string;
    pauseConditions?: unknown[];
  };
}

/** Whether nobody has asked it for another version yet. */
export function isUntouched({ spec }: Checkout): boolean {
  return spec.template.spec.containers[0]?.image === FIRST_IMAGE;
}

/** Whether another version of it stands at a pause. */
export function isAtPause({ status }: Checkout): boolean {
  return (
    status?.currentPodHash !== status?.stableRS &&
    (status?.pauseConditions?.length ?? 0) > 0
  );
}
