import { job } from './job';
import { createPrometheus } from './prometheus';
import type { MetricProvider } from './provider';
import { web } from './web';

/** Providers by the key under which metrics name them. */
export type ProviderRegistry = ReadonlyMap<string, MetricProvider>;

/** What those that come with the controller are told about its surroundings. */
export interface ProviderSettings {
  /** Where Prometheus metrics are that name no address. */
  prometheusAddress?: string;
}

/** All providers that come with the controller. A new one is a line here. */
function builtIn({ prometheusAddress }: ProviderSettings): MetricProvider[] {
  return [createPrometheus(prometheusAddress), web, job];
}

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
  settings: ProviderSettings = {},
): ProviderRegistry {
  return new Map(
    [...builtIn(settings), ...more].map(provider => [provider.name, provider]),
  );
}
