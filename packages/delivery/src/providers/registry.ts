import { job } from './job';
import { prometheus } from './prometheus';
import type { MetricProvider } from './provider';
import { web } from './web';

/** Providers by the key under which metrics name them. */
export type ProviderRegistry = ReadonlyMap<string, MetricProvider>;

/** All providers that come with the controller. A new one is a line here. */
export const BUILT_IN_PROVIDERS: readonly MetricProvider[] = [
  prometheus,
  web,
  job,
];

export function createRegistry(
  more: readonly MetricProvider[] = [],
): ProviderRegistry {
  return new Map(
    [...BUILT_IN_PROVIDERS, ...more].map(provider => [provider.name, provider]),
  );
}
