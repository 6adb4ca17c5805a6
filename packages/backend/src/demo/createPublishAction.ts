import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ConflictError,
  RESOURCES,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';
import { parseAllDocuments } from 'yaml';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** Services come before the rollout that names them, by the files' order. */
const ORDER = ['services.yaml', 'route.yaml', 'analysis.yaml', 'rollout.yaml'];

function resourceOf({ apiVersion, kind }: Manifest): Resource {
  const [version = 'v1', group = ''] = apiVersion.split('/').reverse();
  const known = Object.values<Resource>(RESOURCES).find(
    each => each.kind === kind && each.group === group,
  );
  if (!known) throw new InputError(`The demo cannot publish a ${kind}.`);
  return { ...known, version };
}

async function apply(client: KubeClient, given: Manifest): Promise<void> {
  const resource = resourceOf(given);
  const { name, namespace = 'default' } = given.metadata;
  const manifest = { ...given, metadata: { ...given.metadata, namespace } };
  try {
    await client.create(resource, manifest);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await client.patch(resource, { name, namespace }, manifest, {
      type: 'merge',
    });
  }
}

/**
 * What a Git host and a deployment pipeline do elsewhere: keeps the workspace
 * in the demo's folder of services, from which the catalog reads, and applies
 * its manifests to the local cluster.
 */
export function createPublishAction(
  directory: string,
  connect: () => KubeClient,
) {
  return createTemplateAction({
    id: 'demo:publish',
    description:
      'Keeps the workspace as a service of the demo, and brings its manifests into the local cluster',
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        manifests: z => z.string().describe('Directory of the workspace'),
      },
      output: {
        directory: z => z.string(),
        entityRef: z => z.string(),
      },
    },
    async handler(ctx) {
      const { name, manifests } = ctx.input;
      const target = join(directory, name);
      ctx.output('directory', target);
      ctx.output('entityRef', `component:default/${name}`);
      if (ctx.isDryRun) return;
      const source = join(ctx.workspacePath, manifests);
      const files = (await readdir(source)).sort(
        (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
      );
      const client = connect();
      for (const file of files) {
        const text = await readFile(join(source, file), 'utf8');
        for (const document of parseAllDocuments(text)) {
          const manifest = document.toJS() as Manifest;
          await apply(client, manifest);
          ctx.logger.info(`Applied ${manifest.kind} ${manifest.metadata.name}`);
        }
      }
      // Last: the catalog looks as soon as it is there.
      await cp(ctx.workspacePath, target, { recursive: true });
      ctx.logger.info(`Kept the files in ${target}`);
    },
  });
}
