/**
 * `spec.strategy.canary.trafficRouting`: one stanza for each router that is to
 * split the traffic, and what is common to them. Names of objects are those of
 * the rollout's namespace unless said otherwise.
 * @public
 */
export interface TrafficRouting {
  istio?: IstioTrafficRouting;
  nginx?: NginxTrafficRouting;
  alb?: AlbTrafficRouting;
  smi?: SmiTrafficRouting;
  ambassador?: AmbassadorTrafficRouting;
  apisix?: ApisixTrafficRouting;
  appMesh?: AppMeshTrafficRouting;
  traefik?: TraefikTrafficRouting;
  /** By the name of the plugin. */
  plugins?: Record<string, unknown>;
  /** Routes that steps set, the first of them tried first. */
  managedRoutes?: { name: string }[];
  /** What the weights add up to; 100 when absent. */
  maxTrafficWeight?: number;
}

/** @public */
export interface IstioTrafficRouting {
  virtualService?: IstioVirtualServiceRef;
  virtualServices?: IstioVirtualServiceRef[];
  destinationRule?: IstioDestinationRuleRef;
}

/** @public */
export interface IstioVirtualServiceRef {
  /** `name` or `name.namespace`. */
  name: string;
  /** HTTP route names; when absent the VirtualService has exactly one. */
  routes?: string[];
  tlsRoutes?: { port?: number; sniHosts?: string[] }[];
  tcpRoutes?: { port?: number }[];
}

/** @public */
export interface IstioDestinationRuleRef {
  name: string;
  canarySubsetName: string;
  stableSubsetName: string;
  /** Subsets that have a share of the traffic that is none of the rollout's business. */
  additionalSubsetNames?: string[];
}

/** @public */
export interface NginxTrafficRouting {
  /** One of the two. */
  stableIngress?: string;
  stableIngresses?: string[];
  /** `nginx.ingress.kubernetes.io` when absent. */
  annotationPrefix?: string;
  /** For the canary Ingress; the prefix is put before each. */
  additionalIngressAnnotations?: Record<string, string>;
  /** For the canary Ingress, as they are. */
  canaryIngressAnnotations?: Record<string, string>;
}

/** @public */
export interface AlbTrafficRouting {
  /** One of the two. */
  ingress?: string;
  ingresses?: string[];
  servicePort?: number;
  /** The service whose action is written; the stable service when absent. */
  rootService?: string;
  /** `alb.ingress.kubernetes.io` when absent. */
  annotationPrefix?: string;
  stickinessConfig?: { enabled: boolean; durationSeconds: number };
}

/** @public */
export interface SmiTrafficRouting {
  /** The stable service when absent. */
  rootService?: string;
  /** The rollout's name when absent. */
  trafficSplitName?: string;
}

/** @public */
export interface AmbassadorTrafficRouting {
  mappings: string[];
}

/** @public */
export interface ApisixTrafficRouting {
  route?: {
    name: string;
    /** Names of its HTTP rules; the one named like the route when absent. */
    rules?: string[];
  };
}

/** @public */
export interface AppMeshTrafficRouting {
  virtualService?: {
    name: string;
    /** Names of routes of its VirtualRouter; all of them when absent. */
    routes?: string[];
  };
  virtualNodeGroup?: {
    canaryVirtualNodeRef: { name: string };
    stableVirtualNodeRef: { name: string };
  };
}

/** @public */
export interface TraefikTrafficRouting {
  weightedTraefikServiceName: string;
}
