/**
 * Progressive delivery in the developer portal: see the canary move, see the
 * metrics that decide, promote or abort.
 *
 * @packageDocumentation
 */
export { rolloutsPlugin as default } from './plugin';
export {
  rolloutsApiRef,
  type ConditionalEntityRollouts,
  type RolloutsApi,
  type StreamMessage,
} from './api/RolloutsApi';
export {
  fleetApiRef,
  type FleetApi,
  type FleetRequest,
  type FleetStreamMessage,
} from './api/FleetApi';
export { approvalsApiRef, type ApprovalsApi } from './api/ApprovalsApi';
export {
  historyApiRef,
  type ExportFormat,
  type HistoryApi,
  type ReleaseFilter,
} from './api/HistoryApi';
export { RolloutActionError } from './api/RolloutActionError';
export {
  isRolloutsAvailable,
  ROLLOUTS_ANNOTATIONS,
} from './entity/isRolloutsAvailable';
export { rolloutsTranslationRef } from './translation/ref';
