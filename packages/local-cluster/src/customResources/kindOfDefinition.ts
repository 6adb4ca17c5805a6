import { StoredObject } from '../api/clusterApi';
import { scaleProblems } from './scaleProblems';
import { KindDefinition, KindVersion } from '../kinds/kindDefinition';

/** The kind that a CustomResourceDefinition declares. */
export function kindOfDefinition(definition: StoredObject): KindDefinition {
  const { group, names, scope, versions } = definition.spec;
  const described: KindVersion[] = versions.map(
    (version: Record<string, any>): KindVersion => {
      const scale = version.subresources?.scale;
      return {
        name: version.name,
        served: version.served !== false,
        schema: version.schema?.openAPIV3Schema,
        columns: version.additionalPrinterColumns ?? [
          {
            name: 'Age',
            type: 'date',
            jsonPath: '.metadata.creationTimestamp',
          },
        ],
        status: version.subresources?.status !== undefined,
        ...(scale && {
          scale: {
            spec: scale.specReplicasPath,
            status: scale.statusReplicasPath,
            selector: scale.labelSelectorPath,
          },
        }),
      };
    },
  );
  return {
    group,
    resource: names.plural,
    singular: names.singular,
    kind: names.kind,
    listKind: names.listKind,
    namespaced: scope === 'Namespaced',
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    versions: described.sort((left, right) =>
      compareVersions(left.name, right.name),
    ),
    storageVersion: versions.find(
      (version: Record<string, any>) => version.storage,
    ).name,
    selectableFields: [
      ...new Set<string>(
        versions.flatMap((version: Record<string, any>) =>
          (version.selectableFields ?? []).map((field: { jsonPath: string }) =>
            field.jsonPath.replace(/^\./, ''),
          ),
        ),
      ),
    ],
    generation: 'all',
    custom: true,
    rules: { validate: draft => scaleProblems(described, draft) },
  };
}

/** Kubernetes' order of preference: v2, v1, v1beta1, v1alpha1, then the rest by name. */
function compareVersions(left: string, right: string): number {
  const rank = (name: string) => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
    if (!match) return [0, 0, 0];
    const [, major, stage, minor] = match;
    const maturity = { alpha: 1, beta: 2 }[stage ?? ''] ?? 3;
    return [maturity, Number(major), Number(minor ?? 0)];
  };
  const a = rank(left);
  const b = rank(right);
  for (let index = 0; index < a.length; index++) {
    const difference = b[index]! - a[index]!;
    if (difference !== 0) return difference;
  }
  return left < right ? -1 : 1;
}
