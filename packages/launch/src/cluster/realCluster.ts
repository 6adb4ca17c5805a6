import { resolve } from 'node:path';
import {
  KubeClient,
  KubeConfigError,
  NotFoundError,
  RESOURCES,
  ForbiddenError,
  UnauthorizedError,
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
  const signal = AbortSignal.timeout(10_000);
  try {
    await client.version({ signal });
    await knock(client, signal);
  } catch (error) {
    if (error instanceof UnauthorizedError) {
      throw new StartProblem(
        `The cluster of ${kubeconfig} refuses its credentials: ${messageOf(error)}\nSign in again, or write a kubeconfig whose token has not expired.`,
        EXIT.input,
        { cause: error },
      );
    }
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

/**
 * Anybody may ask for the version; this shows whether the credentials are
 * good. What they may not read, or is not installed, the portal itself shows.
 */
async function knock(client: KubeClient, signal: AbortSignal): Promise<void> {
  try {
    await client.list(RESOURCES.rollouts, { limit: 1, signal });
  } catch (error) {
    if (!(error instanceof ForbiddenError || error instanceof NotFoundError)) {
      throw error;
    }
  }
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
