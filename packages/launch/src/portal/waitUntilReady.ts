/** One look at whether the portal can be used. */
export type ReadinessCheck = () => Promise<boolean>;

/** Checks in turn, each until it holds. Gives up after `timeout` milliseconds. */
export async function waitUntilReady(
  checks: readonly ReadinessCheck[],
  options: { timeout: number; pause: () => Promise<void>; now: () => number },
): Promise<boolean> {
  const deadline = options.now() + options.timeout;
  for (const check of checks) {
    while (!(await check())) {
      if (options.now() > deadline) {
        return false;
      }
      await options.pause();
    }
  }
  return true;
}

/** Whether the backend answers that all its plugins have started. */
export function backendReady(address: string): ReadinessCheck {
  return () => answersOk(`${address}/.backstage/health/v1/readiness`, {});
}

/** Whether a demo user can sign in, which needs their catalog entity. */
export function signInReady(address: string, user: string): ReadinessCheck {
  return () =>
    answersOk(`${address}/api/auth/demo/refresh`, { 'x-demo-user': user });
}

async function answersOk(url: string, headers: Record<string, string>) {
  try {
    const response = await fetch(url, {
      headers,
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet: the answer to the question, not a failure.
    return false;
  }
}
