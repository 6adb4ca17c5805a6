import type {
  ActionRefusal,
  ActionRequest,
  AnalysisRun,
  KubeObject,
  PlannedPatch,
  PodTemplateSpec,
  ReplicaSet,
  RevisionOutcome,
  Rollout,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A workload such as a Deployment, as far as its pod template is concerned. */
export interface Workload extends KubeObject {
  spec?: { template?: PodTemplateSpec };
}

/** What an action is decided on. Nothing else is read. */
export interface ActionContext {
  rollout: Rollout;
  /** Those that the rollout owns. */
  replicaSets: ReplicaSet[];
  analysisRuns: AnalysisRun[];
  /** How updates to the revisions ended, by pod hash, as far as it is known. */
  outcomes?: ReadonlyMap<string, RevisionOutcome>;
  /** The object of `spec.workloadRef`, when there is one and it was found. */
  workload?: Workload;
  /** When the person decided, in milliseconds since the epoch. */
  now: number;
}

export type ActionParameters = Pick<
  ActionRequest,
  'images' | 'toRevision' | 'analysisRun'
>;

export interface ActionPlan {
  /** In order. None: it is so already. */
  patches: PlannedPatch[];
  warnings: string[];
  /** What it does, for the record: "Sets the image of app to shop:2." */
  does?: string;
  /** Why there is nothing to write. */
  unchanged?: string;
  /** The status must have caught up with the spec before the write. */
  afterObserved?: boolean;
  /** Where accepting the write does not mean that the controller acts on it. */
  effect?: (rollout: Rollout) => Effect;
}

/** What the controller made of a write; `lost`: it has overwritten it. */
export type Effect = 'taken' | 'lost' | 'unknown';

export type Refusal = { refusal: ActionRefusal };

/** One action: when it applies, what it writes, what that does. */
export interface ActionKind {
  action: RolloutAction;
  /** "Promote to 40 %". */
  label(context: ActionContext): string;
  destructive?: boolean;
  /** How much of what the person saw must still be so: see `checkSeen`. */
  binds: 'step' | 'revision' | 'object';
  /** Why the rollout's state does not allow it now. */
  refuse(context: ActionContext): ActionRefusal | undefined;
  /** Called only when `refuse` found nothing. Parameters may still be refused. */
  plan(
    context: ActionContext,
    parameters: ActionParameters,
  ): ActionPlan | Refusal;
}

export function isRefusal(outcome: ActionPlan | Refusal): outcome is Refusal {
  return 'refusal' in outcome;
}

export function notApplicable(
  message: string,
  remedy?: string,
  instead?: RolloutAction,
): ActionRefusal {
  return { code: 'not-applicable', message, remedy, instead };
}

export function invalid(message: string, remedy?: string): Refusal {
  return { refusal: { code: 'invalid', message, remedy } };
}
