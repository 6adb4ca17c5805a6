export * from './assembleFiles';
export * from './completeDescription';
export * from './convertDeployment';
export * from './description';
export * from './descriptionProblems';
export * from './generateRollout';
export * from './presets';
export { writtenWeights } from './reachableWeights';
