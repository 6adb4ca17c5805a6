import type { NewObject } from '@progressive-delivery/local-cluster';

/** A canary by replica count: half, an analysis (if asked for), all. */
export function canary(
  name: string,
  options: { image?: string; analysis?: string } = {},
): NewObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            { name: 'c', image: options.image ?? 'demo/colors:blue' },
          ],
        },
      },
      strategy: {
        canary: {
          steps: [
            { setWeight: 50 },
            ...(options.analysis
              ? [
                  {
                    analysis: {
                      templates: [{ templateName: options.analysis }],
                    },
                  },
                ]
              : []),
            { pause: { duration: 1 } },
          ],
        },
      },
    },
  };
}

/** One good answer of a web service is enough. */
export function template(name: string, url: string): NewObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name, namespace: 'default' },
    spec: {
      metrics: [
        {
          name: 'rate',
          successCondition: 'result >= 0.95',
          provider: { web: { url, jsonPath: '{$.rate}' } },
        },
      ],
    },
  };
}
