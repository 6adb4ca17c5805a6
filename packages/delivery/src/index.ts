/**
 * The delivery controller: what a rollout needs next, and the driver that
 * makes it so on a cluster.
 *
 * @packageDocumentation
 */
export * from './analysis';
export * from './rollout/plan';
export { PlanMemory } from './rollout/memory/planMemory';
export * from './rollout/planRollout';
export * from './rollout/snapshot';
export type { Hold } from './rollout/holds/hold';
export * from './providers/provider';
export * from './stepPlugins/stepPlugin';
export type { TrafficRouter } from './traffic/router';
export { trafficRouterNames } from './traffic/trafficRouterNames';
export type { EgressPolicy } from './providers/egress/httpEgress';
export { parseGoDuration } from './analysis/goDuration';
export type { HoldSource } from './live/holds/holdSource';
export * from './live/logger';
export * from './live/startDeliveryController';
export { abortReason } from './explain/abortReason';
export * from './explain/analysisVerdict';
export * from './explain/describeConsequences';
export * from './explain/explainRollout';
export * from './lint';
export { refuseTooManyPods } from './simulate/refuseTooManyPods';
export * from './simulate/timeline/timeline';
export {
  AssumptionError,
  type AssumedValue,
  type Assumptions,
} from './simulate/assumptions/assumptions';
export { refuseUnknownMetrics } from './simulate/assumptions/refuseUnknownMetrics';
export {
  readAssumptions,
  UnreadableAssumptionError,
} from './simulate/assumptions/readAssumptions';
export {
  assumeMissing,
  type Surroundings,
} from './simulate/manifests/assumeMissing';
export * from './simulate/manifests/manifests';
export { readObjects, sortObjects } from './simulate/manifests/readManifests';
export {
  InvalidRolloutError,
  simulateRollout,
} from './simulate/simulateRollout';
export { timelineText } from './simulate/render/text';
export { timelineSvg } from './simulate/render/svg/timelineSvg';
export {
  DEFAULT_ADMISSION_OPTIONS,
  serviceAccount,
  type AdmissionOptions,
} from './admission/admissionOptions';
export { admissionPolicy } from './admission/admissionPolicy';
export { admissionYaml } from './admission/admissionYaml';
