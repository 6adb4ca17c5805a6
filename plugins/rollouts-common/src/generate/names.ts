import type { CompleteDescription } from './completeDescription';

/** How the objects of a rollout are called. */
export function namesOf({ name, strategy }: CompleteDescription) {
  return strategy === 'blue-green'
    ? { stable: name, canary: `${name}-preview` }
    : { stable: `${name}-stable`, canary: `${name}-canary` };
}

export function metadataOf(of: CompleteDescription, name: string = of.name) {
  return {
    name,
    ...(of.namespace ? { namespace: of.namespace } : {}),
    labels: { app: of.name, ...of.labels },
  };
}

/** Of the header route. */
export const HEADER_ROUTE = 'dark-canary';
