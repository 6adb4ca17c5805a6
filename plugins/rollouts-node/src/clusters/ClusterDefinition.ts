/** How to reach a cluster: by a kubeconfig, or by address and token. @public */
export type ClusterConnection =
  | { kind: 'kubeconfig'; file: string; context?: string }
  | {
      kind: 'server';
      url: string;
      serviceAccountToken?: string;
      /** PEM in base64, as in a kubeconfig. */
      caData?: string;
      caFile?: string;
      skipTLSVerify?: boolean;
    }
  /** Known, but not reachable by this backend; shown with what to do about it. */
  | { kind: 'unusable'; message: string; remedy: string };

/**
 * Who acts on the rollouts of a cluster. `auto`: this backend, unless Argo
 * Rollouts holds its lease there.
 * @public
 */
export type ControllerMode = 'embedded' | 'argo' | 'auto';

/** A cluster that the portal should know. @public */
export interface ClusterDefinition {
  /** Unique; what annotations and addresses call it. */
  name: string;
  title?: string;
  connection: ClusterConnection;
  /** `argo` when left out: nothing acts that nobody asked for. */
  controller?: ControllerMode;
  /** Limits the portal to one namespace, for accounts that may see no more. */
  namespace?: string;
}
