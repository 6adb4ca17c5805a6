import type { Metric } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Those whose name in the reference is not their key with a capital. */
const TITLES: Record<string, string> = {
  newRelic: 'NewRelic',
  cloudWatch: 'CloudWatch',
  skywalking: 'SkyWalking',
};

/** The type of a metric's provider, as the reference's metrics call it. */
export function providerTitle({ provider }: Pick<Metric, 'provider'>): string {
  const [name = ''] = Object.keys(provider ?? {});
  return (
    (Object.hasOwn(TITLES, name) ? TITLES[name] : undefined) ??
    name.charAt(0).toUpperCase() + name.slice(1)
  );
}
