import type {
  AnalysisRun,
  Metric,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { HIDDEN } from './SecretTexts';

const ARGUMENT = /\{\{\s*args\.([\w-]+)\s*\}\}/g;

/**
 * The query as it was asked. Where an argument comes from a Secret the
 * provider's own record is not used: it is resolved here, without the secret.
 */
export function resolvedQuery(
  run: AnalysisRun,
  metric: Metric,
  result: MetricResult | undefined,
): string | undefined {
  const recorded = result?.metadata?.ResolvedPrometheusQuery;
  const args = new Map((run.spec.args ?? []).map(arg => [arg.name, arg]));
  const fromSecret = (name: string) =>
    args.get(name)?.valueFrom?.secretKeyRef !== undefined;
  const asked = JSON.stringify(metric.provider ?? {});
  const leaks = [...asked.matchAll(ARGUMENT)].some(([, name = '']) =>
    fromSecret(name),
  );
  if (!leaks || recorded === undefined) {
    return recorded;
  }
  const stanza = metric.provider?.prometheus;
  const query =
    typeof stanza === 'object' && stanza !== null && 'query' in stanza
      ? stanza.query
      : undefined;
  return typeof query === 'string'
    ? query.replace(ARGUMENT, (template, name: string) =>
        fromSecret(name) ? HIDDEN : (args.get(name)?.value ?? template),
      )
    : undefined;
}
