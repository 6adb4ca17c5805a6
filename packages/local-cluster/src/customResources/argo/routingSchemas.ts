import {
  flag,
  list,
  mapOf,
  open,
  record,
  text,
  whole,
} from '../../schema/builders';
import { Schema } from '../../schema/schema';

const long: Schema = { type: 'integer', format: 'int64' };

const virtualServiceSchema = record(
  {
    name: text,
    routes: list(text),
    tcpRoutes: list(record({ port: long })),
    tlsRoutes: list(record({ port: long, sniHosts: list(text) })),
  },
  ['name'],
);

const istioSchema = record({
  virtualService: virtualServiceSchema,
  virtualServices: list(virtualServiceSchema),
  destinationRule: record(
    {
      name: text,
      canarySubsetName: text,
      stableSubsetName: text,
      additionalSubsetNames: list(text),
    },
    ['name', 'canarySubsetName', 'stableSubsetName'],
  ),
});

const nginxSchema = record({
  annotationPrefix: text,
  stableIngress: text,
  stableIngresses: list(text),
  additionalIngressAnnotations: mapOf(text),
  canaryIngressAnnotations: mapOf(text),
});

const albSchema = record(
  {
    annotationPrefix: text,
    ingress: text,
    ingresses: list(text),
    rootService: text,
    servicePort: whole,
    stickinessConfig: record({ enabled: flag, durationSeconds: long }, [
      'enabled',
      'durationSeconds',
    ]),
  },
  ['servicePort'],
);

const named = record({ name: text }, ['name']);

const appMeshSchema = record({
  virtualService: record({ name: text, routes: list(text) }, ['name']),
  virtualNodeGroup: record(
    { canaryVirtualNodeRef: named, stableVirtualNodeRef: named },
    ['canaryVirtualNodeRef', 'stableVirtualNodeRef'],
  ),
});

/** What a canary tells the traffic routers. */
export const trafficRoutingSchema = record({
  maxTrafficWeight: whole,
  managedRoutes: list(named),
  istio: istioSchema,
  nginx: nginxSchema,
  alb: albSchema,
  smi: record({ rootService: text, trafficSplitName: text }),
  ambassador: record({ mappings: list(text) }, ['mappings']),
  traefik: record({ weightedTraefikServiceName: text }, [
    'weightedTraefikServiceName',
  ]),
  apisix: record({
    route: record({ name: text, rules: list(text) }, ['name']),
  }),
  appMesh: appMeshSchema,
  plugins: open,
});

const resourceOfAws = record({ name: text, arn: text, fullName: text }, [
  'name',
  'arn',
]);

/** What the ALB router found, in status. */
export const albStatusSchema = record({
  ingress: text,
  loadBalancer: resourceOfAws,
  canaryTargetGroup: resourceOfAws,
  stableTargetGroup: resourceOfAws,
});
