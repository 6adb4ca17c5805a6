/**
 * The kinds that this suite knows, without the client: for code that also runs
 * in a browser.
 *
 * @packageDocumentation
 */
export * from './resource';
export * from './resources';
