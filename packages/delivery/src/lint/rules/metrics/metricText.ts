import type { Metric } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FieldPath } from '../../read/fieldPath';

/** The name of a metric's provider: `prometheus`, `web`, `plugin.x/y`. */
export function providerOf({ provider = {} }: Metric): string | undefined {
  const [name] = Object.keys(provider);
  if (name !== 'plugin') return name;
  const plugin = provider.plugin;
  const [own] =
    typeof plugin === 'object' && plugin !== null ? Object.keys(plugin) : [];
  return own ? `plugin.${own}` : name;
}

/** Where providers have what they ask, from `provider`. */
const QUERIES: readonly FieldPath[] = [
  ['prometheus', 'query'],
  ['datadog', 'query'],
  ['datadog', 'queries'],
  ['newRelic', 'query'],
  ['wavefront', 'query'],
  ['graphite', 'query'],
  ['influxdb', 'query'],
  ['skywalking', 'query'],
  ['cloudWatch', 'metricDataQueries'],
];

/** What a metric asks its provider, with where it stands in the metric. */
export function queryOf({
  provider,
}: Metric): { path: FieldPath; text: string } | undefined {
  for (const path of QUERIES) {
    const value = path.reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null
          ? (at as Record<string, unknown>)[String(key)]
          : undefined,
      provider,
    );
    if (value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { path: ['provider', ...path], text };
  }
  return undefined;
}

/** Providers whose measurement is an outcome by itself, without conditions. */
export function judgesItself(metric: Metric): boolean {
  const name = providerOf(metric);
  return (
    name === 'job' || name === 'kayenta' || Boolean(name?.startsWith('plugin'))
  );
}
