/**
 * Talking to a Kubernetes API: credentials, raw-JSON list and watch, a store,
 * a keyed work queue, a lease, preconditioned patches and typed errors.
 *
 * @packageDocumentation
 */
export * from './resource';
export * from './resources';
export * from './clock/clock';
export * from './clock/backoff';
export * from './clock/manualClock';
export * from './credentials/errors';
export * from './credentials/loadKubeConfig';
export * from './client/errors';
export * from './client/types';
export * from './client/kubeClient';
export * from './client/patchWithPrecondition';
export * from './store/store';
export * from './reflector/status';
export * from './reflector/reflector';
export * from './queue/workQueue';
export * from './lease/lease';
export * from './lease/leaseObservation';
export * from './lease/leaseObserver';
export * from './lease/leaseElector';
export * from './lease/argoLease';
