import {
  KubeClient,
  NotFoundError,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import { parseAllDocuments } from 'yaml';
import type { DemoFile } from './renderDemo';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** Objects whose content depends on this start's addresses: written each time. */
const RENDERED_KINDS = new Set(['AnalysisTemplate']);

/**
 * Brings the demo into a cluster. What is there stays as people left it (a
 * rollout in the middle of a canary, an image that was set), except the
 * templates, which carry addresses of this start.
 */
export async function applyDemo(client: KubeClient, files: DemoFile[]) {
  for (const manifest of files.flatMap(readManifests)) {
    await ensure(client, manifest);
  }
}

function readManifests(file: DemoFile): Manifest[] {
  return parseAllDocuments(file.content).map(
    document => document.toJS() as Manifest,
  );
}

async function ensure(client: KubeClient, manifest: Manifest) {
  const resource = resourceOf(manifest);
  const { name, namespace } = manifest.metadata;
  try {
    await client.get(resource, { name, namespace });
  } catch (error) {
    if (!(error instanceof NotFoundError) || error.missingKind) {
      throw error;
    }
    await client.create(resource, manifest);
    return;
  }
  if (RENDERED_KINDS.has(manifest.kind)) {
    await client.patch(resource, { name, namespace }, manifest, {
      type: 'merge',
    });
  }
}

function resourceOf(manifest: Manifest): Resource {
  const known = Object.values<Resource>(RESOURCES).find(
    resource => resource.kind === manifest.kind,
  );
  if (!known) {
    throw new Error(`The demo has a ${manifest.kind}, which nobody can apply`);
  }
  const [group, version] = manifest.apiVersion.includes('/')
    ? manifest.apiVersion.split('/')
    : ['', manifest.apiVersion];
  return { ...known, group: group ?? '', version: version ?? known.version };
}
