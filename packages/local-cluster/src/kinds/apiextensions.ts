import { Cause } from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { structuralProblems } from '../schema/structuralProblems';
import { builtinKind } from './builtinKind';

/** CRDs themselves. They are Established as soon as they are created. */
export const customResourceDefinitions = builtinKind({
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  namespaced: false,
  shortNames: ['crd', 'crds'],
  status: true,
  generation: 'spec',
  rules: {
    applyDefaults(draft) {
      const names = draft.spec?.names;
      if (!names || typeof names.kind !== 'string') return;
      names.singular ??= names.kind.toLowerCase();
      names.listKind ??= `${names.kind}List`;
      draft.spec.conversion ??= { strategy: 'None' };
    },
    prepareCreate(draft) {
      const condition = (type: string, reason: string, message: string) => ({
        type,
        status: 'True',
        reason,
        message,
        lastTransitionTime: draft.metadata.creationTimestamp,
      });
      draft.status = {
        conditions: [
          condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
          condition(
            'Established',
            'InitialNamesAccepted',
            'the initial names have been accepted',
          ),
        ],
        acceptedNames: draft.spec.names,
        storedVersions: [storedVersion(draft)],
      };
    },
    validate: validateDefinition,
  },
});

function storedVersion(definition: NewObject): string {
  return definition.spec.versions.find(
    (version: { storage?: boolean }) => version.storage,
  )?.name;
}

function validateDefinition(
  definition: NewObject,
  previous?: StoredObject,
): Cause[] {
  const { spec } = definition;
  const causes: Cause[] = [];
  const require = (condition: unknown, field: string, message: string) => {
    if (!condition) {
      causes.push({ reason: 'FieldValueInvalid', field, message });
    }
  };
  require(spec?.group, 'spec.group', 'Required value');
  require(spec?.names?.plural, 'spec.names.plural', 'Required value');
  require(spec?.names?.kind, 'spec.names.kind', 'Required value');
  require(spec?.scope === 'Namespaced' ||
    spec?.scope ===
      'Cluster', 'spec.scope', `Unsupported value: ${JSON.stringify(spec?.scope)}: supported values: "Cluster", "Namespaced"`);
  const versions = Array.isArray(spec?.versions) ? spec.versions : [];
  require(versions.filter((version: { storage?: boolean }) => version.storage)
    .length ===
    1, 'spec.versions', 'Invalid value: must have exactly one version marked as storage version');
  versions.forEach((version: Record<string, any>, index: number) => {
    require(version.schema
      ?.openAPIV3Schema, `spec.versions[${index}].schema.openAPIV3Schema`, 'Required value: schemas are required');
  });
  if (causes.length > 0) return causes;
  versions.forEach(({ schema }: Record<string, any>, index: number) => {
    causes.push(
      ...structuralProblems(
        schema.openAPIV3Schema,
        `spec.versions[${index}].schema.openAPIV3Schema`,
      ),
    );
  });
  require(definition.metadata.name ===
    `${spec.names.plural}.${spec.group}`, 'metadata.name', `Invalid value: ${JSON.stringify(definition.metadata.name)}: must be spec.names.plural+"."+spec.group`);
  for (const field of ['group', 'scope'] as const) {
    require(!previous ||
      previous.spec[field] ===
        spec[
          field
        ], `spec.${field}`, `Invalid value: ${JSON.stringify(spec[field])}: field is immutable`);
  }
  return causes;
}
