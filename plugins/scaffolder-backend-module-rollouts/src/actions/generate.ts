import { join } from 'node:path';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { generateRollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stringify } from 'yaml';
import { refuseToOverwrite } from '../files/refuseToOverwrite';
import { writeFiles } from '../files/writeFiles';
import {
  describedFields,
  serviceFields,
  strategyFields,
} from '../schema/descriptionSchema';
import { orRefuse } from '../schema/refuse';

const example = (description: string, input: object) => ({
  description,
  example: stringify({
    steps: [
      { id: 'rollout', action: 'rollouts:generate', name: 'Generate', input },
    ],
  }),
});

/** Manifests for a service, from a short description. */
export function createGenerateAction() {
  return createTemplateAction({
    id: 'rollouts:generate',
    description:
      'Writes a Rollout with its services, route and analysis, from a short description',
    supportsDryRun: true,
    examples: [
      example('A canary by the number of pods', {
        name: '${{ parameters.name }}',
        image: '${{ parameters.image }}',
      }),
      example('A careful canary by Istio, which a person begins', {
        name: 'shop',
        image: 'registry.example/shop:1.4.0',
        preset: 'cautious',
        router: 'istio',
        analysis: { prometheus: 'http://prometheus.monitoring:9090' },
      }),
      example('Every detail of one’s own', {
        name: 'shop',
        image: 'registry.example/shop:1.4.0',
        replicas: 6,
        router: 'nginx',
        host: 'shop.example',
        weights: [5, 20, 50],
        pause: '15m',
        approvals: 'first',
        analysis: { metrics: ['success-rate', 'latency'], successRate: 0.99 },
      }),
      example('What a form with the field RolloutStrategy asked for', {
        name: '${{ parameters.name }}',
        image: '${{ parameters.image }}',
        description: '${{ parameters.strategy }}',
      }),
      example('Blue-green, switched by a person', {
        name: 'shop',
        image: 'registry.example/shop:1.4.0',
        preset: 'blue-green',
      }),
    ],
    schema: {
      input: {
        ...serviceFields,
        ...strategyFields,
        ...describedFields,
        directory: z => z.string().optional().describe('In the workspace: k8s'),
      },
      output: {
        directory: z => z.string(),
        files: z => z.array(z.string()).describe('Paths in the workspace'),
        manifests: z => z.string().describe('All files as one'),
      },
    },
    async handler(ctx) {
      const { directory = 'k8s', description, ...own } = ctx.input;
      const { files, yaml } = orRefuse(() =>
        generateRollout({ ...description, ...own }),
      );
      await refuseToOverwrite(
        ctx.workspacePath,
        files.map(each => join(directory, each.name)),
      );
      const paths = await writeFiles(ctx.workspacePath, directory, files);
      for (const path of paths) ctx.logger.info(`Wrote ${path}`);
      ctx.output('directory', directory);
      ctx.output('files', paths);
      ctx.output('manifests', yaml);
    },
  });
}
