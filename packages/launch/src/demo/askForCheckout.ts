import { setTimeout as sleep } from 'node:timers/promises';
import { RESOURCES, type KubeClient } from '@progressive-delivery/kube';
import { CHECKOUT, isAtPause, isUntouched, type Checkout } from './checkout';

const PAUSE_MILLISECONDS = 500;
const PATIENCE_MILLISECONDS = 120_000;
const REQUESTER = 'grace';

/**
 * Brings a new version of checkout to its pause, and asks as Grace for its
 * approval, so that something waits for her team. Only in a demo that nobody
 * has touched there.
 */
export async function askForCheckout(
  client: KubeClient,
  portal: { address: string; cluster: string },
  stop: AbortSignal,
): Promise<void> {
  const first = await until(client, stop, ({ status }) =>
    Boolean(status?.phase && status.stableRS),
  );
  if (!first || first.status?.phase !== 'Healthy' || !isUntouched(first)) {
    return;
  }
  await client.patch(
    RESOURCES.rollouts,
    CHECKOUT,
    [
      {
        op: 'replace',
        path: '/spec/template/spec/containers/0/image',
        value: 'demo/checkout:green',
      },
    ],
    { type: 'json' },
  );
  const paused = await until(client, stop, isAtPause);
  if (paused) {
    await ask(portal, paused, stop);
  }
}

/** Whether {@link askForCheckout} has asked and nobody has decided, or will ask. */
export async function checkoutWaits(client: KubeClient): Promise<boolean> {
  const checkout = await client.get<Checkout>(RESOURCES.rollouts, CHECKOUT);
  return isUntouched(checkout) || isAtPause(checkout);
}

async function until(
  client: KubeClient,
  stop: AbortSignal,
  holds: (checkout: Checkout) => boolean,
): Promise<Checkout | undefined> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  while (!stop.aborted && performance.now() < end) {
    const checkout = await client.get<Checkout>(RESOURCES.rollouts, CHECKOUT);
    if (holds(checkout)) {
      return checkout;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  return undefined;
}

/** As often as the portal may need to see what the cluster has. */
async function ask(
  { address, cluster }: { address: string; cluster: string },
  { metadata, status }: Checkout,
  stop: AbortSignal,
): Promise<void> {
  const token = await signIn(address);
  const end = performance.now() + PATIENCE_MILLISECONDS;
  // A request about a rollout that the catalog does not know yet is refused,
  // and each refusal is a line of the log.
  while (!stop.aborted && performance.now() < end) {
    if (await hasEntity(address, token)) break;
    await sleep(PAUSE_MILLISECONDS);
  }
  let answer = '';
  while (!stop.aborted && performance.now() < end) {
    const response = await fetch(
      `${address}/api/rollouts/v1/rollouts/${cluster}/demo/checkout/approvals`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          idempotencyKey: `demo-${metadata.uid}`,
          action: 'promote',
          reason: 'The new checkout answers a fifth of the customers well.',
          seen: {
            uid: metadata.uid,
            generation: metadata.generation,
            podHash: status?.currentPodHash,
            stepIndex: status?.currentStepIndex,
          },
        }),
      },
    );
    answer = `${response.status} ${await response.text()}`;
    if (response.ok) {
      return;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  throw new Error(`The portal answered ${answer}`);
}

/** Whether the portal knows of which entity checkout is. */
async function hasEntity(address: string, token: string): Promise<boolean> {
  const query = new URLSearchParams({
    q: CHECKOUT.name,
    namespace: CHECKOUT.namespace,
  });
  const response = await fetch(
    `${address}/api/rollouts/v1/fleet/rollouts?${query}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  if (!response.ok) return false;
  const { items } = (await response.json()) as {
    items: { entityRef?: string }[];
  };
  return items.some(({ entityRef }) => entityRef !== undefined);
}

async function signIn(address: string): Promise<string> {
  const response = await fetch(`${address}/api/auth/demo/refresh`, {
    headers: { 'x-demo-user': REQUESTER },
  });
  const body = (await response.json()) as {
    backstageIdentity?: { token?: string };
  };
  const token = body.backstageIdentity?.token;
  if (!token) {
    throw new Error(`Nobody could sign in as ${REQUESTER}`);
  }
  return token;
}
