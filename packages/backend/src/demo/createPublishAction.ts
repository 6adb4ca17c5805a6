import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  NotFoundError,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';
import { parseAllDocuments } from 'yaml';

import type { DemoServices } from './demoServices';
import { publishedKind } from './publishedKind';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    annotations?: Record<string, string>;
  };
}

/** Services come before the rollout that names them, by the files' order. */
const ORDER = ['services.yaml', 'route.yaml', 'analysis.yaml', 'rollout.yaml'];
/** On each object: whose service it is. Nobody else's is ever written. */
const MADE_BY = 'demo.progressive-delivery/made-by';

async function readManifests(directory: string): Promise<Manifest[]> {
  const files = (await readdir(directory)).sort(
    (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
  );
  const texts = await Promise.all(
    files.map(file => readFile(join(directory, file), 'utf8')),
  );
  return texts.flatMap(text =>
    parseAllDocuments(text).map(document => document.toJS() as Manifest),
  );
}

/** The object's resourceVersion when `maker` made it, undefined when there is none. */
async function versionOfOwn(
  client: KubeClient,
  { resource, name, namespace }: Target,
  maker: string,
): Promise<string | undefined> {
  let known: KubeObject;
  try {
    known = await client.get(resource, { name, namespace });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
  if (known.metadata.annotations?.[MADE_BY] !== maker) {
    throw new ConflictError(
      `There is a ${resource.kind} ${name} in ${namespace} already, and you have not made it. Choose another name for the service.`,
    );
  }
  return known.metadata.resourceVersion;
}

interface Target {
  resource: Resource;
  name: string;
  namespace: string;
}

/**
 * What a Git host and a deployment pipeline do elsewhere: keeps the workspace
 * in the demo's folder of services, from which the catalog reads, and applies
 * its manifests to the local cluster.
 *
 * Whoever may run a template reaches the cluster by it, with more rights than
 * their own. So it writes only what a generated service consists of, in the
 * demo's namespace, and nothing that somebody else has made.
 */
export function createPublishAction(
  { directory, namespace }: Pick<DemoServices, 'directory' | 'namespace'>,
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
      const maker = ctx.user?.ref;
      if (!maker) throw new NotAllowedError('Only a person publishes.');
      const client = connect();
      const found = await readManifests(
        resolveSafeChildPath(ctx.workspacePath, manifests),
      );
      // All are looked at before the first is written.
      const writes = [];
      for (const given of found) {
        const to = targetOf(given, namespace);
        writes.push({
          to,
          manifest: markedBy(maker, given, to),
          version: await versionOfOwn(client, to, maker),
        });
      }
      for (const { to, manifest, version } of writes) {
        await (version === undefined
          ? client.create(to.resource, manifest)
          : client.patch(
              to.resource,
              to,
              {
                ...manifest,
                metadata: { ...manifest.metadata, resourceVersion: version },
              },
              { type: 'merge' },
            ));
        ctx.logger.info(`Applied ${manifest.kind} ${to.name}`);
      }
      // Last: the catalog looks as soon as it is there.
      await cp(ctx.workspacePath, target, { recursive: true });
      ctx.logger.info(`Kept the files in ${target}`);
    },
  });
}

function targetOf({ metadata, ...kind }: Manifest, allowed: string): Target {
  const { name, namespace = allowed } = metadata;
  if (namespace !== allowed) {
    throw new InputError(
      `metadata.namespace of ${kind.kind} ${name}: the demo publishes to ${allowed} only.`,
    );
  }
  return { resource: publishedKind(kind), name, namespace };
}

function markedBy(
  maker: string,
  manifest: Manifest,
  { namespace }: Target,
): Manifest {
  const { metadata } = manifest;
  return {
    ...manifest,
    metadata: {
      ...metadata,
      namespace,
      annotations: { ...metadata.annotations, [MADE_BY]: maker },
    },
  };
}
