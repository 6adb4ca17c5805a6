import {
  DEFAULT_ADMISSION_OPTIONS,
  serviceAccount,
  type AdmissionOptions,
} from '@progressive-delivery/delivery';
import type { Bed } from '../bed/bed';

/** Who asks. RBAC lets each of them do everything, so that only the policy refuses. */
export const ACCOUNTS = {
  /** Somebody with kubectl. */
  person: 'mallory',
  portal: serviceAccount('backstage', 'backstage'),
  argo: serviceAccount('argo-rollouts', 'argo-rollouts'),
  ours: serviceAccount('argo-rollouts', 'progressive-delivery-controller'),
  deployer: serviceAccount('argocd', 'argocd-application-controller'),
  collector: serviceAccount('kube-system', 'namespace-controller'),
} as const;

export type Account = keyof typeof ACCOUNTS;

/** The command's defaults, and somebody who deploys from Git. */
export const OPTIONS: AdmissionOptions = {
  ...DEFAULT_ADMISSION_OPTIONS,
  deployers: [ACCOUNTS.deployer],
};

const RBAC = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
} as const;

/** @throws KubeApiError */
export async function allowAll({ client }: Bed): Promise<void> {
  const metadata = { name: 'admission-everything' };
  await client.create(
    { ...RBAC, kind: 'ClusterRole', plural: 'clusterroles', namespaced: false },
    {
      metadata,
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    },
  );
  await client.create(
    {
      ...RBAC,
      kind: 'ClusterRoleBinding',
      plural: 'clusterrolebindings',
      namespaced: false,
    },
    {
      metadata,
      roleRef: {
        apiGroup: RBAC.group,
        kind: 'ClusterRole',
        name: metadata.name,
      },
      subjects: Object.values(ACCOUNTS).map(name => ({
        apiGroup: RBAC.group,
        kind: 'User',
        name,
      })),
    },
  );
}
