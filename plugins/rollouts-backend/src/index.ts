/**
 * The backend of the rollouts suite.
 *
 * @packageDocumentation
 */
export { rolloutsPlugin as default } from './plugin';
export { planAction } from './actions/planAction';
export type {
  ActionContext,
  ActionPlan,
  ActionParameters,
  Refusal,
  Workload,
} from './actions/ActionContext';
