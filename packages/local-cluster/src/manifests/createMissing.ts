import { ApiError } from '../api/apiError';
import { ClusterApi, NewObject } from '../api/clusterApi';
import { ClusterStore } from '../operations/createClusterStore';

/**
 * Creates the objects of a manifest that do not exist yet.
 * @param source - named in errors
 */
export function createMissing(
  api: ClusterApi & Pick<ClusterStore, 'context'>,
  objects: unknown[],
  source: string,
): void {
  for (const object of objects) {
    if (object === null || object === undefined) continue;
    const { apiVersion, kind } = object as NewObject;
    const [group, version] = String(apiVersion).includes('/')
      ? String(apiVersion).split('/')
      : ['', String(apiVersion)];
    const definition = api.context.kinds
      .all()
      .find(
        candidate =>
          candidate.group === group &&
          candidate.kind === kind &&
          candidate.versions.some(({ name }) => name === version),
      );
    if (!definition) {
      throw new Error(
        `${source}: the cluster does not serve ${kind} in ${apiVersion}`,
      );
    }
    const wanted = object as NewObject;
    try {
      api.create(definition, {
        ...wanted,
        metadata: {
          ...(definition.namespaced && { namespace: 'default' }),
          ...wanted.metadata,
        },
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason === 'AlreadyExists') continue;
      throw new Error(`${source}: ${error.message}`, { cause: error });
    }
  }
}
