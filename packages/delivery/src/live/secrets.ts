import {
  NotFoundError,
  RESOURCES,
  type KubeClient,
} from '@progressive-delivery/kube';

/** Reads one key of a Secret, fresh each time: it may have been rotated. */
export function readSecret(client: Pick<KubeClient, 'get'>) {
  return async (
    namespace: string,
    name: string,
    key: string,
  ): Promise<string> => {
    let data: unknown;
    try {
      data = (await client.get(RESOURCES.secrets, { namespace, name })).data;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      throw new Error(`secret "${name}" not found in namespace ${namespace}`);
    }
    const value =
      typeof data === 'object' &&
      data !== null &&
      Object.prototype.hasOwnProperty.call(data, key)
        ? (data as Record<string, unknown>)[key]
        : undefined;
    if (typeof value !== 'string') {
      throw new Error(`key '${key}' does not exist in secret '${name}'`);
    }
    return Buffer.from(value, 'base64').toString('utf8');
  };
}
