import { X509Certificate } from 'node:crypto';
import type { ClusterDefinition } from '@progressive-delivery/backstage-plugin-rollouts-node';
import { loadKubeConfig } from '@progressive-delivery/kube';

/**
 * As whom the portal's writes appear in the audit log of a cluster, as far as
 * its credentials tell: the subject of a service account's token, the common
 * name of a certificate, else the user's name in the kubeconfig.
 */
export function clusterAccount(
  connection: ClusterDefinition['connection'],
): string | undefined {
  try {
    switch (connection.kind) {
      case 'server':
        return subjectOf(connection.serviceAccountToken);
      case 'kubeconfig': {
        const user = loadKubeConfig(
          connection.file,
          connection.context,
        ).getCurrentUser();
        return (
          subjectOf(user?.token) ??
          user?.username ??
          commonNameOf(user?.certData) ??
          user?.name
        );
      }
      default:
        return undefined;
    }
  } catch {
    // A record without the account is better than none: the action has happened.
    return undefined;
  }
}

/** A token that is no JWT, such as a bootstrap token, has none. */
function subjectOf(token: string | undefined): string | undefined {
  const [, payload] = token?.split('.') ?? [];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof claims?.sub === 'string' ? claims.sub : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

function commonNameOf(certificate: string | undefined): string | undefined {
  return certificate === undefined
    ? undefined
    : /^CN=(.+)$/m.exec(
        new X509Certificate(Buffer.from(certificate, 'base64')).subject,
      )?.[1];
}
