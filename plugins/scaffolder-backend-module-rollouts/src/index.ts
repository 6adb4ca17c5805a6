/**
 * Scaffolder actions for progressive delivery: generate, convert, lint,
 * simulate, wait.
 *
 * @packageDocumentation
 */
export { scaffolderModuleRollouts as default } from './module';
