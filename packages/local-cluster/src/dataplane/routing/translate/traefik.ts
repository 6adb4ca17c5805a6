import { RoutingObjects } from '../../view/clusterView';
import { Route, routeOf } from '../route';

interface Weighted {
  name: string;
  weight?: number;
}

/** Traefik's TraefikService: weighted services, and a service with mirrors. */
export function traefikRoutes({
  traefikServices,
  olderTraefikServices,
}: RoutingObjects): Route[] {
  const all = [...traefikServices.values(), ...olderTraefikServices.values()];
  return all.map(object => {
    const { weighted, mirroring } = object.spec ?? {};
    return routeOf(
      object,
      [],
      [
        weighted
          ? {
              route: ((weighted.services ?? []) as Weighted[]).map(
                ({ name, weight }) => ({
                  destination: { host: name },
                  weight: weight ?? 1,
                }),
              ),
            }
          : {
              route: mirroring?.name
                ? [{ destination: { host: mirroring.name } }]
                : [],
              mirrors: (mirroring?.mirrors ?? []).map(
                ({ name, percent }: { name: string; percent?: number }) => ({
                  destination: { host: name },
                  percentage: { value: percent ?? 0 },
                }),
              ),
            },
      ],
    );
  });
}
