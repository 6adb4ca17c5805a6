import { NewObject } from '../api/clusterApi';
import { Column, ScalePaths } from '../kinds/kindDefinition';
import { Schema } from '../schema/schema';

/** The short form in which this package's own CRDs are written down. */
export interface ShortDefinition {
  group: string;
  kind: string;
  plural: string;
  shortNames: string[];
  scope?: 'Namespaced' | 'Cluster';
  /** The last one is stored. */
  versions: string[];
  schema: Schema;
  columns?: Column[];
  status?: boolean;
  scale?: ScalePaths;
}

/** The CustomResourceDefinition itself, as it would be applied. */
export function customResourceDefinition(short: ShortDefinition): NewObject {
  const { group, kind, plural, versions, status, scale } = short;
  const subresources = {
    ...(status && { status: {} }),
    ...(scale && {
      scale: {
        specReplicasPath: scale.spec,
        statusReplicasPath: scale.status,
        ...(scale.selector && { labelSelectorPath: scale.selector }),
      },
    }),
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: short.scope ?? 'Namespaced',
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
        shortNames: short.shortNames,
      },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === versions.length - 1,
        schema: { openAPIV3Schema: short.schema },
        additionalPrinterColumns: short.columns,
        subresources,
      })),
    },
  };
}

export const ageColumn: Column = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Time since it was created',
};
