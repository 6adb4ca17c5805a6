import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type KubeClient, RESOURCES } from '@progressive-delivery/kube';
import { parseAllDocuments } from 'yaml';
import { until } from './until';

interface Crd {
  metadata: { name: string };
  [field: string]: unknown;
}

/** Installs the reference's CRDs and minimal ones of Istio's. */
export async function installCustomResources(
  client: KubeClient,
  crdFolder: string,
) {
  const crds = [
    ...readCrds(crdFolder),
    istioCrd('VirtualService', 'virtualservices'),
    istioCrd('DestinationRule', 'destinationrules'),
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

/** Keeps whatever it is given, in the three versions that Istio serves. */
function istioCrd(kind: string, plural: string): Crd {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.networking.istio.io` },
    spec: {
      group: 'networking.istio.io',
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: ['v1', 'v1beta1', 'v1alpha3'].map(name => ({
        name,
        served: true,
        storage: name === 'v1',
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
