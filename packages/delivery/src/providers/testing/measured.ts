import type {
  AnalysisArgument,
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { HttpEgress, type EgressPolicy } from '../egress/httpEgress';
import { measure } from '../measure';
import { createRegistry } from '../registry';

export const NOW = Date.UTC(2026, 0, 1);

const noJobs = {
  create: () => Promise.reject(new Error('no jobs here')),
  get: () => Promise.resolve(undefined),
  delete: () => Promise.resolve(),
};

/** One measurement, as the controller takes it. */
export async function measured(
  metric: Omit<Metric, 'name'>,
  options: {
    egress?: EgressPolicy;
    prometheusAddress?: string;
    args?: AnalysisArgument[];
    secrets?: Record<string, string>;
  } = {},
) {
  const named = { name: 'rate', ...metric };
  const run: AnalysisRun = {
    metadata: { name: 'run', namespace: 'demo', uid: 'u1' },
    spec: { metrics: [named], args: options.args },
  };
  const { measurement, metadata } = await measure(
    run,
    { metric: named, action: 'run' },
    {
      registry: createRegistry([], options),
      http: new HttpEgress(options.egress),
      jobs: noJobs,
      readSecret: async (_, __, key) => {
        const value = options.secrets?.[key];
        if (value === undefined) throw new Error(`no key ${key}`);
        return value;
      },
      now: () => NOW,
      wallTime: () => NOW,
    },
    new AbortController().signal,
  );
  return { ...measurement, metadata };
}
