import { ServedKind } from '../kinds/kindRegistry';
import { documentPath } from './documentPath';
import { schemaName } from './schemaName';

const parameter = (name: string, type: string) => ({
  name,
  in: 'query',
  schema: { type, uniqueItems: true },
});

const WRITE_PARAMETERS = [
  parameter('dryRun', 'string'),
  parameter('fieldManager', 'string'),
  parameter('fieldValidation', 'string'),
];
const PATCH_PARAMETERS = [...WRITE_PARAMETERS, parameter('force', 'boolean')];

/** The operations on one kind, with what clients look for in them. */
export function pathsOf(served: ServedKind): Record<string, unknown> {
  const { kind, version } = served;
  const root = `/${documentPath(kind.group, version.name)}`;
  const collection = kind.namespaced
    ? `${root}/namespaces/{namespace}/${kind.resource}`
    : `${root}/${kind.resource}`;
  const content = {
    'application/json': {
      schema: { $ref: `#/components/schemas/${schemaName(served)}` },
    },
  };
  const operation = (action: string, parameters: unknown[] = []) => ({
    responses: { 200: { description: 'OK', content } },
    parameters,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': {
      group: kind.group,
      version: version.name,
      kind: kind.kind,
    },
  });
  return {
    [collection]: {
      get: operation('list'),
      post: operation('post', WRITE_PARAMETERS),
    },
    [`${collection}/{name}`]: {
      get: operation('get'),
      put: operation('put', WRITE_PARAMETERS),
      patch: operation('patch', PATCH_PARAMETERS),
      delete: operation('delete'),
    },
    ...(kind.namespaced && {
      [`${root}/${kind.resource}`]: { get: operation('list') },
    }),
  };
}
