import type * as FastCheck from 'fast-check';
import type { ManagedRoute } from '../managedRoute';
import type {
  AdditionalDestination,
  TrafficRouter,
  TrafficSides,
  WantedTraffic,
} from '../router';

export const SIDES: TrafficSides = {
  canaryService: 'colors-canary',
  stableService: 'colors-stable',
  canaryHash: 'green',
  stableHash: 'blue',
};

/** What is wanted, of the demo's `colors`. */
export function wanting(
  weight: number,
  more: Partial<WantedTraffic> = {},
): WantedTraffic {
  return {
    ...SIDES,
    weight,
    max: 100,
    additional: [],
    managedRoutes: [],
    ...more,
  };
}

export const HEADER_ROUTE: ManagedRoute = {
  kind: 'header',
  name: 'set-header',
  match: [
    { headerName: 'X-Canary', headerValue: { exact: 'yes' } },
    { headerName: 'X-Group', headerValue: { exact: 'beta' } },
  ],
};

export const MIRROR_ROUTE: ManagedRoute = {
  kind: 'mirror',
  name: 'mirror',
  percentage: 35,
  match: [{ method: { exact: 'GET' }, path: { prefix: '/' } }],
};

/** Anything that may be wanted of a router. */
export function anyWanted(
  fc: typeof FastCheck,
  { abilities }: TrafficRouter,
): FastCheck.Arbitrary<WantedTraffic> {
  const managed = [
    ...(abilities.headerRoutes ? [HEADER_ROUTE] : []),
    ...(abilities.mirrorRoutes ? [MIRROR_ROUTE] : []),
  ];
  return fc
    .record({
      max: abilities.maxTrafficWeight
        ? fc.constantFrom(100, 1000)
        : fc.constant(100),
      share: fc.integer({ min: 0, max: 100 }),
      managedRoutes: fc.subarray(managed),
      additional: abilities.additionalDestinations
        ? fc.subarray<AdditionalDestination>([
            { service: 'colors-exp-a', podTemplateHash: 'exp-a', weight: 5 },
            { service: 'colors-exp-b', podTemplateHash: 'exp-b', weight: 10 },
          ])
        : fc.constant<AdditionalDestination[]>([]),
      canaryHash: fc.constantFrom('green', 'red', 'blue'),
    })
    .map(({ max, share, ...each }) => {
      const taken = each.additional.reduce(
        (sum, { weight }) => sum + weight,
        0,
      );
      return wanting(0, {
        ...each,
        max,
        // Whoever is both has no share as the canary.
        weight:
          each.canaryHash === SIDES.stableHash
            ? 0
            : Math.min((share * max) / 100, max - taken),
      });
    });
}
