import type { HumanDuration } from '@backstage/types';

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
    /**
     * Times in which what brings a version to more people is refused. Further
     * ones can be made in the portal.
     */
    freezes?: Array<{
      /**
       * Unique among those of the configuration.
       * @visibility backend
       */
      name: string;
      /**
       * Why, and whom to ask: shown wherever something is refused.
       * @visibility backend
       */
      reason: string;
      /**
       * Of the IANA database, such as Europe/Berlin.
       * @visibility backend
       */
      timeZone: string;
      /**
       * Local time, such as 2026-11-27T00:00; of the first window when it
       * recurs.
       * @visibility backend
       */
      start: string;
      /**
       * Local time at which it is over. Either this or `duration`.
       * @visibility backend
       */
      end?: string;
      /**
       * ISO 8601, on the wall clock, such as PT8H.
       * @visibility backend
       */
      duration?: string;
      /**
       * A recurrence rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=FR. Followed
       * on the wall clock of the time zone.
       * @visibility backend
       */
      recurrence?: string;
      /**
       * Whether the embedded controller waits for the end before it goes on
       * with a step by itself. Default: false.
       * @visibility backend
       */
      hold?: boolean;
      /**
       * Whether who has the permission `rollouts.emergency` may pass it, with
       * a reason. Default: true.
       * @visibility backend
       */
      emergency?: boolean;
      /**
       * Which rollouts it concerns: all that is said must hold; a list holds
       * when one of its values does. All rollouts when left out.
       */
      scope?: {
        /** @visibility backend */
        cluster?: string | string[];
        /** @visibility backend */
        namespace?: string | string[];
        /**
         * The `tier` of the cluster.
         * @visibility backend
         */
        tier?: string | string[];
        /**
         * A label selector of Rollouts, as in `kubectl -l`.
         * @visibility backend
         */
        labels?: string;
        /** Of a catalog entity of the rollout. */
        entity?: {
          /** @visibility backend */
          ref?: string | string[];
          /** @visibility backend */
          owner?: string | string[];
          /** @visibility backend */
          system?: string | string[];
          /** @visibility backend */
          type?: string | string[];
          /** @visibility backend */
          lifecycle?: string | string[];
        };
      };
      except?: {
        /**
         * Days, such as 2026-12-24, on which a window that would begin does
         * not.
         * @visibility backend
         */
        dates?: string[];
        /**
         * Refs of entities that it does not concern.
         * @visibility backend
         */
        entities?: string[];
      };
    }>;
    /** The record of releases that outlives the cluster's objects. */
    history?: {
      /**
       * Whether releases are recorded. Default: true.
       * @visibility backend
       */
      enabled?: boolean;
      /**
       * How long a release is kept after its end: a duration, or `forever`.
       * Default: two years.
       * @visibility backend
       */
      keep?: HumanDuration | string;
      /**
       * Whether pod templates are kept, without secrets, so that two versions
       * can be compared. Default: true.
       * @visibility backend
       */
      templates?: boolean;
      /**
       * Annotations of the Rollout or its pod template that hold the time of
       * the commit, in RFC 3339; the first that is there counts. Default:
       * progressive-delivery.io/committed-at and
       * org.opencontainers.image.created.
       * @visibility backend
       */
      commitAnnotations?: string[];
    };
    /** What needs the approval of others before it is done. */
    approvals?: {
      /**
       * All that match apply, each of them. A mistake here keeps the backend
       * from starting, with the key in the message.
       */
      policies?: Array<{
        /**
         * Small letters, digits and hyphens; what annotations and messages
         * call it.
         * @visibility backend
         */
        name: string;
        /** @visibility backend */
        title?: string;
        /** @visibility backend */
        description?: string;
        /**
         * Which rollouts. Everything that is said must hold, of a list one
         * value; all rollouts when left out.
         */
        scope?: {
          /** @visibility backend */
          cluster?: string | string[];
          /** @visibility backend */
          namespace?: string | string[];
          /**
           * `rollouts.clusters[].tier`
           * @visibility backend
           */
          tier?: string | string[];
          /**
           * Labels of the Rollout, as in `kubectl -l`.
           * @visibility backend
           */
          labels?: string;
          /** One entity of the rollout that meets all of it. */
          entity?: {
            /** @visibility backend */
            ref?: string | string[];
            /** @visibility backend */
            owner?: string | string[];
            /** @visibility backend */
            system?: string | string[];
            /** @visibility backend */
            type?: string | string[];
            /** @visibility backend */
            lifecycle?: string | string[];
            /**
             * Labels of the entity, as in `kubectl -l`.
             * @visibility backend
             */
            labels?: string;
          };
        };
        /**
         * Apply only where an entity's annotation
         * `progressive-delivery.io/approval-policies` names it. Default: false.
         * @visibility backend
         */
        optIn?: boolean;
        /**
         * Names of actions, or `{ action, steps }` for promote and skip-step
         * at some steps, numbered from 1. Default: promote, promote-full and
         * skip-step.
         * @visibility backend
         */
        actions?: Array<string | { action: string; steps: number[] }>;
        /**
         * `owner`, `{ group }`, `{ user }` or `{ ownerOf }`. Default: owner.
         * @visibility backend
         */
        approvers?: Array<
          'owner' | { group?: string; user?: string; ownerOf?: string }
        >;
        /**
         * `any`: so many of them together; `all`: so many of each. Default: any.
         * @visibility backend
         */
        match?: 'any' | 'all';
        /**
         * How many approvals. Default: 1.
         * @visibility backend
         */
        count?: number;
        /**
         * Whether who asked may approve. Default: false.
         * @visibility backend
         */
        requesterMayApprove?: boolean;
        /**
         * Whether who made the change may approve. Default: false.
         * @visibility backend
         */
        authorMayApprove?: boolean;
        /**
         * How long a request is valid, from a minute to 30 days. Default: 24 h.
         * @visibility backend
         */
        validity?: string | { [unit: string]: number };
        /**
         * What the last approval does: carry the action out, or unlock its
         * button. Default: unlock.
         * @visibility backend
         */
        onApproval?: 'act' | 'unlock';
        /** What must hold besides, at the moment of the action. */
        conditions?: {
          /**
           * An analysis of the new version has measured something good, and
           * none has failed.
           * @visibility backend
           */
          analysisSuccessful?: boolean;
          /** The last value of a metric of an analysis is at least this. */
          minimumRequests?: {
            /** @visibility backend */
            metric: string;
            /** @visibility backend */
            count: number;
          };
          /**
           * How long it has been at the present step.
           * @visibility backend
           */
          minimumStepTime?: string | { [unit: string]: number };
        };
      }>;
    };
    /** Where the app has what links lead to. */
    app?: {
      /**
       * Path of the tab under an entity's page, for the links of
       * notifications. Default: /rollouts.
       * @visibility backend
       */
      entityTabPath?: string;
    };
    /** What people are told by Backstage's notifications. */
    notifications?: {
      /**
       * All when left out.
       * @visibility backend
       */
      topics?: Array<
        | 'approval-asked'
        | 'approval-decided'
        | 'emergency'
        | 'rolled-back'
        | 'finished'
        | 'stuck'
      >;
      /**
       * How long an update may stand still before its owners are told: an ISO
       * 8601 duration. Default: PT1H.
       * @visibility backend
       */
      stuckAfter?: string;
    };
    metrics?: {
      /**
       * Where Prometheus metrics are that name no `address`. It may be read
       * from wherever it is.
       * @visibility backend
       */
      prometheusAddress?: string;
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
