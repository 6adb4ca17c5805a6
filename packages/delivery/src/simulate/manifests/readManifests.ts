import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseAllDocuments } from 'yaml';
import { ManifestError, type Manifests } from './manifests';

/** Aliases may be expanded so often; more is a bomb. */
const MOST_ALIASES = 100;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asObjects(value: unknown, place: string): KubeObject[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) {
    throw new ManifestError(
      `${place}: not a Kubernetes object; write apiVersion, kind and metadata`,
    );
  }
  if (Array.isArray(value.items)) {
    return value.items.flatMap((item, i) =>
      asObjects(item, `${place}, items[${i}]`),
    );
  }
  const { apiVersion, kind, metadata } = value;
  for (const [field, text] of Object.entries({ apiVersion, kind })) {
    if (typeof text !== 'string' || !text) {
      throw new ManifestError(`${place}: ${field} is missing`);
    }
  }
  const name = isObject(metadata) ? metadata.name : undefined;
  if (typeof name !== 'string' || !name) {
    throw new ManifestError(`${place} (${kind}): metadata.name is missing`);
  }
  // What is wrong inside a spec is for the controller's validation to say.
  if (kind === 'Rollout' && !isObject(value.spec)) {
    const { spec } = value;
    throw new ManifestError(
      `${place} (Rollout ${name}): ${spec === undefined || spec === null ? 'spec is missing' : `spec must be an object, not ${JSON.stringify(spec)}`}`,
    );
  }
  return [value as unknown as KubeObject];
}

/** Without the picture of the line, and without the place, which is said before. */
const whatIsWrong = (message: string) =>
  message.replace(/( at line \d+, column \d+:?)?(\n[^]*)?$/, '');

/**
 * The Kubernetes objects of a file with one or several YAML or JSON documents;
 * lists are taken apart.
 *
 * @throws ManifestError that names the file and the line or document.
 */
export function readObjects(file: string, text: string): KubeObject[] {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  return [...documents].flatMap((document, i) => {
    const [error] = document.errors;
    if (error) {
      const at = error.linePos?.[0];
      throw new ManifestError(
        `${file}${at ? `:${at.line}:${at.col}` : ''}: ${whatIsWrong(error.message)}`,
      );
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MOST_ALIASES });
    } catch (thrown) {
      throw new ManifestError(
        `${file}: document ${i + 1}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    }
    return asObjects(value, `${file}: document ${i + 1}`);
  });
}

const WORKLOADS = ['Deployment', 'ReplicaSet', 'PodTemplate'];

/** Sorts objects by what the simulation needs them for. */
export function sortObjects(objects: KubeObject[]): Manifests {
  const group = ({ apiVersion = '' }: KubeObject) =>
    apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const of = <T extends KubeObject>(inGroup: string, kind: string) =>
    objects.filter(
      (each): each is T => each.kind === kind && group(each) === inGroup,
    );
  const known = {
    rollouts: of<Manifests['rollouts'][0]>('argoproj.io', 'Rollout'),
    services: of<Manifests['services'][0]>('', 'Service'),
    analysisTemplates: of<Manifests['analysisTemplates'][0]>(
      'argoproj.io',
      'AnalysisTemplate',
    ),
    clusterAnalysisTemplates: of<Manifests['clusterAnalysisTemplates'][0]>(
      'argoproj.io',
      'ClusterAnalysisTemplate',
    ),
    disruptionBudgets: of('policy', 'PodDisruptionBudget'),
    workloads: objects.filter(each => WORKLOADS.includes(each.kind ?? '')),
  };
  const sorted = new Set<KubeObject>(Object.values(known).flat());
  return { ...known, others: objects.filter(each => !sorted.has(each)) };
}
