import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type KubeClient,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import { parseAllDocuments } from 'yaml';
import { ROUTER_CRDS } from './routerKinds';
import { until } from './until';

interface Crd {
  metadata: { name: string; annotations?: Record<string, string> };
  [field: string]: unknown;
}

/** Installs the reference's CRDs and minimal ones of the routers' kinds. */
export async function installCustomResources(
  client: KubeClient,
  crdFolder: string,
) {
  const crds = [
    ...readCrds(crdFolder),
    ...ROUTER_CRDS.map(({ resource, versions }) => openCrd(resource, versions)),
  ];
  for (const crd of crds) {
    await client.patch(
      RESOURCES.customResourceDefinitions,
      { name: crd.metadata.name },
      crd,
      { type: 'apply', fieldManager: 'conformance', force: true },
    );
  }
  for (const { metadata } of crds) {
    await until(`CRD ${metadata.name} to be established`, async () => {
      const crd = await client.get(RESOURCES.customResourceDefinitions, {
        name: metadata.name,
      });
      return (crd.status?.conditions ?? []).some(
        (condition: { type: string; status: string }) =>
          condition.type === 'Established' && condition.status === 'True',
      );
    });
  }
}

function readCrds(folder: string): Crd[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('-crd.yaml'))
    .flatMap(file =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(
        document => document.toJS() as Crd,
      ),
    )
    .filter(Boolean);
}

/** Keeps whatever it is given. */
function openCrd({ group, kind, plural }: Resource, versions: string[]): Crd {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups below k8s.io are the community's: it wants to be asked, or told.
      annotations: {
        'api-approved.kubernetes.io': 'unapproved, minimal for tests',
      },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      })),
    },
  };
}
