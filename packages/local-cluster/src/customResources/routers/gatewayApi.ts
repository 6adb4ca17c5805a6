import { plainColumn, routingKind } from './routingKind';

const shared = {
  group: 'gateway.networking.k8s.io',
  versions: ['v1alpha2', 'v1beta1', 'v1'],
  status: true,
};

const hostnames = plainColumn('Hostnames', '.spec.hostnames');

/**
 * The Kubernetes Gateway API. Unlike there, every kind is served in every
 * version, so that a manifest of any release of the API is accepted.
 */
export const gatewayApiDefinitions = [
  routingKind({
    ...shared,
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    shortNames: ['gc'],
    scope: 'Cluster',
    columns: [plainColumn('Controller', '.spec.controllerName')],
  }),
  routingKind({
    ...shared,
    kind: 'Gateway',
    plural: 'gateways',
    shortNames: ['gtw'],
    columns: [plainColumn('Class', '.spec.gatewayClassName')],
  }),
  routingKind({
    ...shared,
    kind: 'HTTPRoute',
    plural: 'httproutes',
    columns: [hostnames],
  }),
  routingKind({
    ...shared,
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    columns: [hostnames],
  }),
  routingKind({ ...shared, kind: 'TCPRoute', plural: 'tcproutes' }),
  routingKind({ ...shared, kind: 'TLSRoute', plural: 'tlsroutes' }),
];
