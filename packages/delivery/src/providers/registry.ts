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

/** What a metric names, with its own part of the manifest. */
export interface NamedProvider {
  name: string;
  config: unknown;
}

/**
 * The provider that a metric's stanza asks for: its key, or the key below
 * `plugin`, where plugins are named `<namespace>/<name>`.
 */
export function providerOf(stanza: Record<string, unknown>): NamedProvider {
  const [[name, config] = ['', {}]] = Object.entries(stanza);
  if (name !== 'plugin') return { name, config };
  const [[plugin, own] = ['plugin', {}]] = Object.entries(config ?? {});
  return { name: plugin, config: own };
}

export function createRegistry(
  more: readonly MetricProvider[] = [],
): ProviderRegistry {
  return new Map(
    [...BUILT_IN_PROVIDERS, ...more].map(provider => [provider.name, provider]),
  );
}
