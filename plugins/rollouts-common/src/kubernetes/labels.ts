/**
 * Label and annotation keys of Argo Rollouts v1.9 (its documentation and the
 * objects it writes), and one of this project.
 */

/** On ReplicaSets, pods and service selectors: the hash of the pod template. @public */
export const POD_TEMPLATE_HASH_LABEL = 'rollouts-pod-template-hash';
/** On a Rollout: which controller instance is responsible. @public */
export const INSTANCE_ID_LABEL =
  'argo-rollouts.argoproj.io/controller-instance-id';
/** On Rollouts and ReplicaSets: the revision number. @public */
export const REVISION_ANNOTATION = 'rollout.argoproj.io/revision';
/** On ReplicaSets: earlier revision numbers of the same template. @public */
export const REVISION_HISTORY_ANNOTATION =
  'rollout.argoproj.io/revision-history';
/** On ReplicaSets: what the rollout wanted in all. @public */
export const DESIRED_REPLICAS_ANNOTATION =
  'rollout.argoproj.io/desired-replicas';
/** On ReplicaSets: RFC 3339 time at which to scale to zero. @public */
export const SCALE_DOWN_DEADLINE_ANNOTATION = 'scale-down-deadline';
/** On a Rollout: the generation of the workload it refers to. @public */
export const WORKLOAD_GENERATION_ANNOTATION =
  'rollout.argoproj.io/workload-generation';
/** On ReplicaSets: labels and annotations that pods have by their role, as JSON. @public */
export const EPHEMERAL_METADATA_ANNOTATION =
  'rollout.argoproj.io/ephemeral-metadata';
/** On Services: the rollout that manages the selector. @public */
export const MANAGED_BY_ANNOTATION =
  'argo-rollouts.argoproj.io/managed-by-rollouts';
/** On AnalysisRuns: why it exists. @public */
export const ANALYSIS_TYPE_LABEL = 'rollout-type';
/** On AnalysisRuns of a step: the step's index. @public */
export const STEP_INDEX_LABEL = 'step-index';
/** On ReplicaSets and Services of an Experiment: its name. @public */
export const EXPERIMENT_NAME_ANNOTATION = 'experiment.argoproj.io/name';
/** On ReplicaSets and Services of an Experiment: which of its templates. @public */
export const EXPERIMENT_TEMPLATE_ANNOTATION =
  'experiment.argoproj.io/template-name';
/** On a Rollout or its pod template: refs of who made the change, with commas; CI may write it. @public */
export const AUTHOR_ANNOTATION = 'progressive-delivery.io/author';
