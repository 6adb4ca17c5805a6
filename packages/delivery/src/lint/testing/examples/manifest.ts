import { GOOD_STEPS, canary, documents, service } from '../manifests';

export const manifestExamples: Record<string, string> = {
  'unknown-field': canary(GOOD_STEPS, 'replicas: 10\nminReadySecond: 5 # here'),
  'wrong-type': canary(GOOD_STEPS, 'replicas: "10" # here'),
  'duplicate-object': documents(
    service('shop'),
    service('shop').replace(
      'metadata: { name: shop }',
      'metadata: { name: shop } # here',
    ),
  ),
  'status-in-manifest': `${canary(GOOD_STEPS)}status: { abort: true } # here\n`,
  'paused-in-manifest': canary(GOOD_STEPS, 'replicas: 10\npaused: true # here'),
  'restart-in-manifest': canary(
    GOOD_STEPS,
    'replicas: 10\nrestartAt: "2026-01-01T00:00:00Z" # here',
  ),
};
