/**
 * The program behind `bin/start`: frontend build, local cluster, demo, backend.
 *
 * @packageDocumentation
 */
export { StartProblem } from './StartProblem';
export { main } from './main';
