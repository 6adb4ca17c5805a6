import type { JobObject, ProviderVerdict } from './provider';

/** What has come of a Job; undefined until it has ended. */
export function jobOutcome({ status }: JobObject): ProviderVerdict | undefined {
  for (const { type, status: holds, message } of status?.conditions ?? []) {
    if (holds !== 'True') continue;
    if (type === 'Complete') return { phase: 'Successful', message };
    if (type === 'Failed') return { phase: 'Failed', message };
  }
  return undefined;
}
