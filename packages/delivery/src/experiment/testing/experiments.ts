import type {
  AnalysisTemplate,
  Experiment,
  ExperimentSpec,
  ExperimentTemplate,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A version that an experiment runs. */
export function version(
  name: string,
  change: Partial<ExperimentTemplate> = {},
): ExperimentTemplate {
  const labels = { app: 'colors', version: name };
  return {
    name,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'colors',
            image: `demo/colors:${name}`,
            ports: [{ name: 'http', containerPort: 8080 }],
          },
        ],
      },
    },
    ...change,
  };
}

/** Purple beside orange. */
export function experiment(change: Partial<ExperimentSpec> = {}): Experiment {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Experiment',
    metadata: {
      name: 'compare',
      namespace: 'demo',
      uid: 'uid-compare',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { templates: [version('purple'), version('orange')], ...change },
  };
}

/** A template with one metric and, if asked for, an argument. */
export function analysisTemplate(
  name: string,
  args?: AnalysisTemplate['spec']['args'],
): AnalysisTemplate {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name, namespace: 'demo' },
    spec: {
      ...(args ? { args } : {}),
      metrics: [{ name: 'latency', provider: { web: { url: 'http://x' } } }],
    },
  };
}
