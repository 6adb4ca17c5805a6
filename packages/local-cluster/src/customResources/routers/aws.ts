import { routingKind } from './routingKind';

const mesh = {
  group: 'appmesh.k8s.aws',
  versions: ['v1beta2'],
  status: true,
};

/** AWS App Mesh, and the target groups of the AWS Load Balancer Controller. */
export const awsDefinitions = [
  routingKind({ ...mesh, kind: 'Mesh', plural: 'meshes', scope: 'Cluster' }),
  routingKind({ ...mesh, kind: 'VirtualGateway', plural: 'virtualgateways' }),
  routingKind({ ...mesh, kind: 'GatewayRoute', plural: 'gatewayroutes' }),
  routingKind({ ...mesh, kind: 'VirtualNode', plural: 'virtualnodes' }),
  routingKind({ ...mesh, kind: 'VirtualRouter', plural: 'virtualrouters' }),
  routingKind({ ...mesh, kind: 'VirtualService', plural: 'virtualservices' }),
  routingKind({
    group: 'elbv2.k8s.aws',
    versions: ['v1beta1'],
    kind: 'TargetGroupBinding',
    plural: 'targetgroupbindings',
    status: true,
  }),
];
