/**
 * Types and rules shared by everything in the rollouts suite. Knows neither
 * Node nor React.
 *
 * @packageDocumentation
 */
export * from './kubernetes/objects';
export * from './kubernetes/rollout';
export * from './kubernetes/trafficRouting';
export * from './kubernetes/analysis';
export * from './kubernetes/experiment';
export * from './kubernetes/labels';
export * from './kubernetes/imageReference';
export * from './actions/actions';
export * from './actions/defaultUndo';
export * from './generate';
export * from './preview/preview';
export * from './gates/lock';
export * from './gates/gatedActions';
export * from './approvals/approval';
export * from './freezes/freeze';
export * from './view/rollout';
export * from './view/cluster';
export * from './view/responses';
export * from './fleet/FleetRow';
export * from './fleet/FleetQuery';
export * from './fleet/filterFleet';
export * from './fleet/fleetOrder';
export * from './fleet/responses';
export * from './history/release';
export * from './history/comparison';
export * from './history/measures';
export * from './history/verification';
export * from './permissions';
export * from './api/client';
export * from './status/phase';
export * from './status/weights';
export * from './status/managedBy';
