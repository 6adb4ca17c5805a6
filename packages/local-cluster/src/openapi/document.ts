import { KindRegistry, ServedKind } from '../kinds/kindRegistry';
import { rootSchema } from '../kinds/rootSchema';
import { Schema, SchemaLookup } from '../schema/schema';
import { pathsOf } from './paths';
import { renameRefs, schemaNames } from './references';
import { modelName, schemaName } from './schemaName';

/** An OpenAPI v3 document of one group and version. */
export interface OpenApiDocument {
  openapi: '3.0.0';
  info: { title: string; version: string };
  paths: Record<string, unknown>;
  components: { schemas: Record<string, Schema> };
}

const CONVENTIONS =
  'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';

/** What `kubectl explain` says of the fields that every object has. */
const ROOT_DESCRIPTIONS = {
  apiVersion: `APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: ${CONVENTIONS}#resources`,
  kind: `Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: ${CONVENTIONS}#types-kinds`,
  metadata: `Standard object's metadata. More info: ${CONVENTIONS}#metadata`,
};

/**
 * Describes the kinds of one group and version: enough for `kubectl explain`,
 * and for `kubectl apply` to see that the server validates fields itself and
 * by which keys lists are merged.
 */
export function openApiDocument(
  kinds: KindRegistry,
  lookup: SchemaLookup,
  group: string,
  version: string,
): OpenApiDocument | undefined {
  const served = kinds
    .all()
    .map(kind => kinds.findServed({ ...kind, version }))
    .filter(found => found !== undefined)
    .filter(({ kind }) => kind.group === group);
  if (served.length === 0) return undefined;

  const schemas: Record<string, Schema> = {};
  for (const found of served) {
    schemas[schemaName(found)] = describe(found, lookup);
  }
  for (const name of schemaNames(Object.values(schemas), lookup)) {
    schemas[modelName(name)] = renameRefs(lookup(name)!);
  }
  for (const name of Object.keys(schemas)) {
    schemas[name] = renameRefs(schemas[name]!);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.34.1' },
    paths: Object.assign({}, ...served.map(pathsOf)),
    components: { schemas },
  };
}

function describe(
  { kind, version }: ServedKind,
  lookup: SchemaLookup,
): Schema & Record<string, unknown> {
  const root = rootSchema(version, lookup);
  return {
    ...root,
    properties: {
      ...root.properties,
      ...Object.fromEntries(
        Object.entries(ROOT_DESCRIPTIONS).map(([field, description]) => [
          field,
          { ...root.properties?.[field], description },
        ]),
      ),
    },
    'x-kubernetes-group-version-kind': [
      { group: kind.group, version: version.name, kind: kind.kind },
    ],
  };
}
