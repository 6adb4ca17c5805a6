/**
 * Talking to a Kubernetes API: credentials, raw-JSON list and watch, a store,
 * a keyed work queue, a lease, preconditioned patches and typed errors.
 *
 * @packageDocumentation
 */
export * from './resource';
