import { ROLLOUT_PRESETS } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { z as Zod } from 'zod/v3';

type Z = typeof Zod;

/** Names of the presets, as zod wants them. */
const PRESETS = ROLLOUT_PRESETS.map(each => each.name) as [
  (typeof ROLLOUT_PRESETS)[number]['name'],
];

const analysis = (z: Z) =>
  z
    .object({
      metrics: z
        .array(z.enum(['success-rate', 'latency', 'smoke-test']))
        .describe('What is measured'),
      when: z
        .enum(['background', 'step'])
        .describe('Beside the steps of a canary, or after each weight'),
      prometheus: z.string().describe('Address of Prometheus'),
      dialect: z
        .enum(['istio', 'http'])
        .describe('Whose metrics: Istio’s, or the pods’ own'),
      successRate: z.number().describe('Least share of good answers, 0 to 1'),
      latencyMilliseconds: z.number().describe('Greatest 95th percentile'),
      interval: z.string().describe('Between two measurements: 30s'),
      count: z.number().int().describe('Measurements, where something waits'),
      failureLimit: z.number().int().describe('Measurements that may fail'),
      smokePath: z.string().describe('What the smoke test asks for'),
    })
    .partial()
    .strict();

/** How a version arrives; all of it has defaults, most from the preset. */
export const strategyFields = {
  preset: (z: Z) =>
    z.enum(PRESETS).optional().describe('A strategy to begin with: standard'),
  labels: (z: Z) =>
    z.record(z.string()).optional().describe('On every object and on the pods'),
  host: (z: Z) =>
    z.string().optional().describe('Name under which users reach the service'),
  router: (z: Z) =>
    z
      .enum(['none', 'istio', 'nginx', 'gateway-api'])
      .optional()
      .describe('Who splits the traffic; none: the number of pods does'),
  gateway: (z: Z) =>
    z.string().optional().describe('The Gateway that an HTTPRoute belongs to'),
  strategy: (z: Z) => z.enum(['canary', 'blue-green']).optional(),
  weights: (z: Z) =>
    z
      .array(z.number().int())
      .optional()
      .describe('Percent of the requests, step by step, without 0 and 100'),
  pause: (z: Z) =>
    z.string().optional().describe('How long each weight is held: 5m'),
  approvals: (z: Z) =>
    z
      .enum(['none', 'first', 'each'])
      .optional()
      .describe('At which weights somebody has to promote'),
  header: (z: Z) =>
    z
      .object({ name: z.string(), value: z.string() })
      .strict()
      .optional()
      .describe('First only requests with this header reach the new version'),
  promotion: (z: Z) =>
    z
      .enum(['manual', 'automatic'])
      .optional()
      .describe('Of blue-green: who switches'),
  analysis: (z: Z) =>
    z
      .union([z.literal('none'), analysis(z)])
      .optional()
      .describe('How the new version is judged'),
};

/** What runs. */
export const serviceFields = {
  name: (z: Z) => z.string().describe('Of the rollout, its services and pods'),
  image: (z: Z) =>
    z.string().describe('With a tag other than latest, or a digest'),
  namespace: (z: Z) => z.string().optional(),
  replicas: (z: Z) => z.number().int().optional().describe('Pods: 3'),
  port: (z: Z) =>
    z.number().int().optional().describe('Of the container: 8080'),
  readinessPath: (z: Z) =>
    z.string().optional().describe('Answers 200 when the pod is ready: /'),
};

/** What the form field `RolloutStrategy` holds. */
export const describedFields = {
  description: (z: Z) => {
    const all = { ...serviceFields, ...strategyFields };
    return z
      .object({
        replicas: all.replicas(z),
        port: all.port(z),
        readinessPath: all.readinessPath(z),
        namespace: all.namespace(z),
        preset: all.preset(z),
        labels: all.labels(z),
        host: all.host(z),
        router: all.router(z),
        gateway: all.gateway(z),
        strategy: all.strategy(z),
        weights: all.weights(z),
        pause: all.pause(z),
        approvals: all.approvals(z),
        header: all.header(z),
        promotion: all.promotion(z),
        analysis: all.analysis(z),
      })
      .strict()
      .optional()
      .describe(
        'All of these at once, as the form field RolloutStrategy gives them; what is named beside it counts more',
      );
  },
};
