import { resolve } from 'node:path';
import {
  KubeClient,
  KubeConfigError,
  loadKubeConfig,
} from '@progressive-delivery/kube';
import { EXIT, StartProblem } from '../StartProblem';
import type { PortalCluster } from './PortalCluster';

/**
 * The cluster of a kubeconfig, after one call that shows it answers.
 * @throws StartProblem when the file, its context or the cluster is no good.
 */
export async function connectRealCluster(
  file: string,
  context: string | undefined,
): Promise<PortalCluster> {
  const kubeconfig = resolve(file);
  const { client, name } = open(kubeconfig, context);
  try {
    await client.version({ signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw new StartProblem(
      `The cluster of ${kubeconfig} does not answer as it should: ${messageOf(error)}\nTry: kubectl --kubeconfig ${kubeconfig}${context ? ` --context ${context}` : ''} version`,
      EXIT.unavailable,
      { cause: error },
    );
  }
  return {
    name,
    controller: 'auto',
    kubeconfig,
    context: name,
    stop: async () => {},
  };
}

function open(kubeconfig: string, context: string | undefined) {
  try {
    const config = loadKubeConfig(kubeconfig, context);
    return {
      client: KubeClient.fromKubeConfig(config),
      name: config.getCurrentContext(),
    };
  } catch (error) {
    if (error instanceof KubeConfigError) {
      throw new StartProblem(error.message, EXIT.input, { cause: error });
    }
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
