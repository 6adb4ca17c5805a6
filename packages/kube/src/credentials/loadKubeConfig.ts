import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeConfigError } from './errors';

/**
 * Reads a kubeconfig file and selects a context: the one asked for, else the
 * file's current one. Nothing is contacted.
 *
 * @throws KubeConfigError when the file or its context cannot be used.
 */
export function loadKubeConfig(file: string, context?: string): KubeConfig {
  const kubeConfig = parse(file, read(file));
  const names = kubeConfig.getContexts().map(known => known.name);
  const chosen = context ?? kubeConfig.getCurrentContext();
  if (!chosen && names.length === 0) {
    throw new KubeConfigError(
      'malformed',
      `${file} has no contexts, so it is not a usable kubeconfig. Check that it is the right file.`,
    );
  }
  if (!chosen || !names.includes(chosen)) {
    throw new KubeConfigError(
      'no-context',
      chosen
        ? `${file} has no context "${chosen}". Choose one of: ${names.join(', ')}.`
        : `${file} names no current context. Choose one of: ${names.join(', ')}.`,
    );
  }
  kubeConfig.setCurrentContext(chosen);
  checkTarget(kubeConfig, file, chosen);
  return kubeConfig;
}

/**
 * The credentials that a cluster gives the pod this process runs in.
 *
 * @throws KubeConfigError outside of a cluster.
 */
export function loadInClusterConfig(
  environment: Record<string, string | undefined> = process.env,
): KubeConfig {
  if (!environment.KUBERNETES_SERVICE_HOST) {
    throw new KubeConfigError(
      'missing',
      'This process does not run in a cluster: KUBERNETES_SERVICE_HOST is not set. Give a kubeconfig.',
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromCluster();
  return kubeConfig;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new KubeConfigError(
      'missing',
      code === 'ENOENT'
        ? `There is no kubeconfig at ${file}. Check the path.`
        : `The kubeconfig ${file} cannot be read (${code ?? error}). Check its permissions.`,
      { cause: error },
    );
  }
}

function parse(file: string, text: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromString(text);
  } catch (error) {
    throw new KubeConfigError(
      'malformed',
      `${file} is not a valid kubeconfig: ${firstLine(error)}. Compare it with the output of "kubectl config view".`,
      { cause: error },
    );
  }
  kubeConfig.makePathsAbsolute(dirname(file));
  return kubeConfig;
}

function checkTarget(kubeConfig: KubeConfig, file: string, context: string) {
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new KubeConfigError(
      'nowhere',
      `Context "${context}" of ${file} names the cluster "${kubeConfig.getContextObject(context)?.cluster}", which the file does not describe. Add it, or choose another context.`,
    );
  }
  if (!URL.canParse(cluster.server) || !/^https?:/.test(cluster.server)) {
    throw new KubeConfigError(
      'nowhere',
      `Cluster "${cluster.name}" of ${file} has the address "${cluster.server}", which is not an http(s) URL. Correct clusters[].cluster.server.`,
    );
  }
  const user = kubeConfig.getContextObject(context)?.user;
  if (user && !kubeConfig.getCurrentUser()) {
    throw new KubeConfigError(
      'nowhere',
      `Context "${context}" of ${file} names the user "${user}", which the file does not describe. Add it, or choose another context.`,
    );
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}
