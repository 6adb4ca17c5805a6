import {
  ConflictError,
  NotFoundError,
  RESOURCES,
  type AnyObject,
  type KubeClient,
} from '@progressive-delivery/kube';
import type { JobClient } from '../providers/provider';

type JobRequests = Pick<KubeClient, 'get' | 'create' | 'delete'>;

/** Where Jobs are made, if not beside their run. */
export interface JobPlace {
  /** Of another cluster. */
  client?: JobRequests;
  /** One for the Jobs of all namespaces; it has to be there. */
  namespace?: string;
}

/** Jobs by API calls: the job provider asks only about those it made. */
export function createJobClient(
  home: JobRequests,
  place: JobPlace = {},
): JobClient {
  const client = place.client ?? home;
  const get = async (namespace: string, name: string) => {
    try {
      return await client.get<AnyObject>(RESOURCES.jobs, { namespace, name });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  };
  return {
    namespace: place.namespace,
    isElsewhere: place.client !== undefined,
    get,
    async create(job) {
      const { metadata } = job as { metadata: AnyObject['metadata'] };
      try {
        return await client.create<AnyObject>(RESOURCES.jobs, job);
      } catch (error) {
        // Made before, and the answer or the note of it was lost.
        const existing =
          error instanceof ConflictError
            ? await get(metadata.namespace ?? '', metadata.name)
            : undefined;
        if (existing) return existing;
        throw error;
      }
    },
    async delete(namespace, name) {
      try {
        await client.delete(
          RESOURCES.jobs,
          { namespace, name },
          { propagationPolicy: 'Background' },
        );
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    },
  };
}
