import { routingKind } from './routingKind';

/** Traefik's weighted services, in the group of Traefik 3 and that of Traefik 2. */
export const traefikDefinitions = ['traefik.io', 'traefik.containo.us'].map(
  group =>
    routingKind({
      group,
      versions: ['v1alpha1'],
      kind: 'TraefikService',
      plural: 'traefikservices',
    }),
);
