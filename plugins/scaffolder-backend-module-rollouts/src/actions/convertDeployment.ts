import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { convertDeployment } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseAllDocuments, stringify, type Document } from 'yaml';
import { refuseToOverwrite } from '../files/refuseToOverwrite';
import { writeFiles } from '../files/writeFiles';
import { strategyFields } from '../schema/descriptionSchema';
import { orRefuse } from '../schema/refuse';

interface Found {
  documents: Document[];
  index: number;
  value: unknown;
}

/** The Deployment among the documents of a file. @throws InputError */
function findDeployment(file: string, text: string, name?: string): Found {
  const documents = [...parseAllDocuments(text)] as Document[];
  const [error] = documents.flatMap(each => each.errors);
  if (error) throw new InputError(`${file} cannot be read: ${error.message}`);
  const values = documents.map(each => each.toJS() as unknown);
  const isMeant = (value: unknown) => {
    const { kind, metadata } = (value ?? {}) as {
      kind?: string;
      metadata?: { name?: string };
    };
    return kind === 'Deployment' && (!name || metadata?.name === name);
  };
  const index = values.findIndex(isMeant);
  if (index < 0) {
    throw new InputError(
      `There is no Deployment${name ? ` ${name}` : ''} in ${file}.`,
    );
  }
  if (values.filter(isMeant).length > 1) {
    throw new InputError(`There are several Deployments in ${file}: name one.`);
  }
  return { documents, index, value: values[index] };
}

/** The file's text without the Deployment; `undefined` when nothing else is in it. */
function textWithout({ documents, index }: Found): string | undefined {
  const rest = documents.filter(
    (each, i) => i !== index && each.toJS() !== null,
  );
  return rest.length > 0
    ? rest.map(each => each.toString()).join('---\n')
    : undefined;
}

/** @throws InputError when there is no such file */
async function read(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    switch ((error as { code?: string }).code) {
      case 'ENOENT':
        throw new InputError(`There is no ${file} in the workspace.`);
      case 'EISDIR':
        throw new InputError(`${file} is a directory: name the file in it.`);
      default:
        throw error;
    }
  }
}

/** A Rollout in the place of a Deployment, or one that takes it over. */
export function createConvertDeploymentAction() {
  return createTemplateAction({
    id: 'rollouts:convert-deployment',
    description:
      'Turns a Deployment in the workspace into a Rollout, or lets a Rollout take it over',
    supportsDryRun: true,
    examples: [
      {
        description: 'Take a Deployment over, pod by pod; its manifest stays',
        example: stringify({
          steps: [
            {
              id: 'convert',
              action: 'rollouts:convert-deployment',
              input: { file: 'k8s/deployment.yaml', preset: 'cautious' },
            },
          ],
        }),
      },
      {
        description: 'Replace the Deployment’s manifest',
        example: stringify({
          steps: [
            {
              id: 'convert',
              action: 'rollouts:convert-deployment',
              input: {
                file: 'k8s/all.yaml',
                name: 'shop',
                mode: 'in-place',
                router: 'nginx',
                host: 'shop.example',
              },
            },
          ],
        }),
      },
    ],
    schema: {
      input: {
        ...strategyFields,
        file: z => z.string().describe('With the Deployment, in the workspace'),
        name: z =>
          z
            .string()
            .optional()
            .describe('Of the Deployment, if there are several'),
        mode: z =>
          z
            .enum(['workload-ref', 'in-place'])
            .optional()
            .describe(
              'workload-ref: the Deployment stays and gives up its pods one by one; in-place: it is replaced',
            ),
        directory: z => z.string().optional().describe('In the workspace: k8s'),
      },
      output: {
        files: z => z.array(z.string()).describe('Paths in the workspace'),
        manifests: z => z.string().describe('All new files as one'),
      },
    },
    async handler(ctx) {
      const {
        file,
        name,
        mode = 'workload-ref',
        directory = 'k8s',
        ...strategy
      } = ctx.input;
      const path = resolveSafeChildPath(ctx.workspacePath, file);
      const found = findDeployment(file, await read(path, file), name);
      const { files, yaml } = orRefuse(() =>
        convertDeployment(found.value, strategy, mode),
      );
      const rest = mode === 'in-place' ? textWithout(found) : undefined;
      const isFree = mode === 'in-place' && rest === undefined;
      await refuseToOverwrite(
        ctx.workspacePath,
        files.map(each => join(directory, each.name)),
        isFree ? path : undefined,
      );
      if (mode === 'in-place') {
        await (rest === undefined ? rm(path) : writeFile(path, rest));
        ctx.logger.info(
          `Took the Deployment out of ${file}. In the cluster, delete it once the rollout is healthy.`,
        );
      } else {
        ctx.logger.info(
          `${file} stays: it says what the pods are, and its Deployment gives them up one by one.`,
        );
      }
      const paths = await writeFiles(ctx.workspacePath, directory, files);
      for (const written of paths) ctx.logger.info(`Wrote ${written}`);
      ctx.output('files', paths);
      ctx.output('manifests', yaml);
    },
  });
}
