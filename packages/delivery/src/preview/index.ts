/**
 * Lint and simulation alone, for a browser: nothing of it, and of what it
 * imports, needs Node. To be loaded lazily.
 *
 * @packageDocumentation
 */
export * from '../lint';
export {
  readAssumptions,
  UnreadableAssumptionError,
} from '../simulate/assumptions/readAssumptions';
export {
  AssumptionError,
  type AssumedValue,
  type Assumptions,
} from '../simulate/assumptions/assumptions';
export { assumeMissing } from '../simulate/manifests/assumeMissing';
export * from '../simulate/manifests/manifests';
export { readObjects, sortObjects } from '../simulate/manifests/readManifests';
export {
  InvalidRolloutError,
  simulateRollout,
} from '../simulate/simulateRollout';
export * from '../simulate/timeline/timeline';
export { timelineSvg } from '../simulate/render/svg/timelineSvg';
export { timelineText } from '../simulate/render/text';
