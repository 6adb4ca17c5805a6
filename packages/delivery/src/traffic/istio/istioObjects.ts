import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** One destination of a route. */
export interface Destination {
  destination?: {
    host?: string;
    subset?: string;
    port?: { number?: number };
  };
  weight?: number;
}

/** A route of one of the three protocols. */
export interface Route {
  /** Of HTTP routes only. */
  name?: string;
  match?: unknown[];
  route?: Destination[];
}

/** The protocols of a VirtualService, by the field that lists their routes. */
export const PROTOCOLS = ['http', 'tls', 'tcp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** networking.istio.io VirtualService: what of it is read here. */
export interface VirtualService extends KubeObject {
  spec?: { [protocol in Protocol]?: Route[] };
}

/** One set of pods behind the host of a DestinationRule. */
export interface Subset {
  name?: string;
  labels?: Record<string, string>;
  [field: string]: unknown;
}

/** networking.istio.io DestinationRule: what of it is read here. */
export interface DestinationRule extends KubeObject {
  spec?: { host?: string; subsets?: Subset[] };
}
