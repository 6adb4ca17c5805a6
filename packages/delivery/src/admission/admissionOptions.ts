/** What people may do with guarded objects by kubectl if the operator leaves it free. */
export const OPTIONAL_GUARDS = [
  'restart',
  'delete',
  'terminate-analysis',
] as const;

export type OptionalGuard = (typeof OPTIONAL_GUARDS)[number];

/** Whom the admission policy lets do what. Accounts are user names of Kubernetes. */
export interface AdmissionOptions {
  /** Of the Rollouts, and of the namespaces whose analyses are guarded. */
  label: { key: string; value: string };
  /** May do everything. */
  portals: readonly string[];
  /** May write the status, and what controllers make. */
  controllers: readonly string[];
  /** May change manifests: what applies reviewed changes from Git. */
  deployers: readonly string[];
  /** Not guarded. */
  free: readonly OptionalGuard[];
  /** `Deny` refuses; `Warn` and `Audit` are for a time of trial. */
  action: 'Deny' | 'Warn' | 'Audit';
}

/** The user name of a service account. */
export function serviceAccount(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

export const DEFAULT_ADMISSION_OPTIONS: AdmissionOptions = {
  label: { key: 'progressive-delivery.io/guarded', value: 'true' },
  portals: [serviceAccount('backstage', 'backstage')],
  controllers: [
    serviceAccount('argo-rollouts', 'argo-rollouts'),
    serviceAccount('argo-rollouts', 'progressive-delivery-controller'),
  ],
  deployers: [],
  free: [],
  action: 'Deny',
};
