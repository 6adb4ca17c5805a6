import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';

export interface KubeconfigContent {
  url: string;
  caCertificate: string;
  token: string;
  /** Name of the cluster, the user and the context. */
  name: string;
  namespace?: string;
}

/** The kubeconfig's text, with everything inline. */
export function kubeconfigText(content: KubeconfigContent): string {
  const { url, caCertificate, token, name, namespace } = content;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      {
        name,
        cluster: {
          server: url,
          'certificate-authority-data':
            Buffer.from(caCertificate).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [
      {
        name,
        context: { cluster: name, user: name, ...(namespace && { namespace }) },
      },
    ],
  });
}

/**
 * Writes the kubeconfig so that nobody else on the machine can read the token,
 * and no reader ever sees half of it.
 */
export async function writeKubeconfig(
  file: string,
  content: KubeconfigContent,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, kubeconfigText(content), { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
