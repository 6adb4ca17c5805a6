export interface Config {
  rollouts?: {
    /**
     * Clusters beside those under `kubernetes.clusterLocatorMethods`, and what
     * is new about those.
     */
    clusters?: Array<{
      /**
       * What annotations and addresses call the cluster.
       * @visibility backend
       */
      name: string;
      /**
       * What people call it.
       * @visibility backend
       */
      title?: string;
      /**
       * Who acts on rollouts: the controller in this backend, Argo Rollouts in
       * the cluster, or whichever of them is there. Default: argo.
       * @visibility backend
       */
      controller?: 'embedded' | 'argo' | 'auto';
      /**
       * What kind of cluster it is to your organisation, such as
       * `production`; approval policies and freeze windows can name it.
       * @visibility backend
       */
      tier?: string;
      /**
       * Path of a kubeconfig; without it the cluster is one that
       * `kubernetes:` or another source describes.
       * @visibility backend
       */
      kubeconfig?:
        | string
        | {
            /** @visibility backend */
            file: string;
            /** @visibility backend */
            context?: string;
          };
      /**
       * The kubeconfig's context; its current one when left out.
       * @visibility backend
       */
      context?: string;
      /**
       * The one namespace that the account may see; all when left out.
       * @visibility backend
       */
      namespace?: string;
    }>;
    /**
     * Who may act in which namespace. Where a namespace is listed, nothing
     * else gives a right to change rollouts there.
     */
    ownership?: Array<{
      /**
       * All clusters when left out.
       * @visibility backend
       */
      cluster?: string;
      /** @visibility backend */
      namespace: string;
      /**
       * Ref of the entity that the namespace belongs to.
       * @visibility backend
       */
      entity?: string;
      /**
       * Ref of the group or user whose entities may act there.
       * @visibility backend
       */
      owner?: string;
    }>;
    metrics?: {
      /**
       * Origins that metric queries may reach wherever they are, private and
       * loopback addresses included.
       * @visibility backend
       */
      allowedOrigins?: string[];
      /**
       * Refuse every origin that is not listed. Default: true. With false,
       * whoever may write an AnalysisTemplate can make this backend call any
       * public or private address.
       * @visibility backend
       */
      onlyAllowed?: boolean;
      /**
       * Whether `insecure: true` in a metric may switch off the check of the
       * certificate of a server that is not listed. Default: false. For the
       * origins that are listed it may.
       * @visibility backend
       */
      allowInsecure?: boolean;
    };
  };
}
