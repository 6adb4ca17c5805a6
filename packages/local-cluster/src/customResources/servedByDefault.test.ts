import { createClusterStore } from '../operations/createClusterStore';
import { createManualClock } from '../testing/manualClock';

const routes: [group: string, version: string, resource: string][] = [
  ...['v1alpha3', 'v1beta1', 'v1'].flatMap(version =>
    [
      'virtualservices',
      'destinationrules',
      'gateways',
      'serviceentries',
      'sidecars',
    ].map((resource): [string, string, string] => [
      'networking.istio.io',
      version,
      resource,
    ]),
  ),
  ...['v1alpha2', 'v1beta1', 'v1'].flatMap(version =>
    ['gateways', 'httproutes', 'grpcroutes', 'tcproutes', 'tlsroutes'].map(
      (resource): [string, string, string] => [
        'gateway.networking.k8s.io',
        version,
        resource,
      ],
    ),
  ),
  ['split.smi-spec.io', 'v1alpha1', 'trafficsplits'],
  ['split.smi-spec.io', 'v1alpha2', 'trafficsplits'],
  ['split.smi-spec.io', 'v1alpha3', 'trafficsplits'],
  ['split.smi-spec.io', 'v1alpha4', 'trafficsplits'],
  ['traefik.io', 'v1alpha1', 'traefikservices'],
  ['traefik.containo.us', 'v1alpha1', 'traefikservices'],
  ['getambassador.io', 'v2', 'mappings'],
  ['getambassador.io', 'v3alpha1', 'mappings'],
  ['getambassador.io', 'v2', 'kubernetesendpointresolvers'],
  ['getambassador.io', 'v2', 'kubernetesserviceresolvers'],
  ['apisix.apache.org', 'v2', 'apisixroutes'],
  ['apisix.apache.org', 'v2', 'apisixupstreams'],
  ['apisix.apache.org', 'v2', 'apisixtlses'],
  ['appmesh.k8s.aws', 'v1beta2', 'meshes'],
  ['appmesh.k8s.aws', 'v1beta2', 'virtualgateways'],
  ['appmesh.k8s.aws', 'v1beta2', 'gatewayroutes'],
  ['appmesh.k8s.aws', 'v1beta2', 'virtualservices'],
  ['appmesh.k8s.aws', 'v1beta2', 'virtualrouters'],
  ['appmesh.k8s.aws', 'v1beta2', 'virtualnodes'],
  ['elbv2.k8s.aws', 'v1beta1', 'targetgroupbindings'],
  ['networking.k8s.io', 'v1', 'ingresses'],
  ['autoscaling', 'v2', 'horizontalpodautoscalers'],
  ['', 'v1', 'podtemplates'],
];

describe('the kinds that traffic routers write', () => {
  const store = createClusterStore({ clock: createManualClock() });

  it.each(routes)('serves %s/%s %s', (group, version, resource) => {
    expect(
      store.context.kinds.findServed({ group, version, resource }),
    ).toBeDefined();
  });

  it('keeps every field of a route', () => {
    const spec = { rules: [{ backendRefs: [{ name: 'stable', weight: 80 }] }] };
    const created = store.create(
      { group: 'gateway.networking.k8s.io', resource: 'httproutes' },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'colors', namespace: 'default' },
        spec,
      },
    );

    expect(created.spec).toEqual(spec);
  });

  it('writes status of a TrafficSplit with the object, as SMI declares it', () => {
    const created = store.create(
      { group: 'split.smi-spec.io', resource: 'trafficsplits' },
      {
        apiVersion: 'split.smi-spec.io/v1alpha2',
        kind: 'TrafficSplit',
        metadata: { name: 'colors', namespace: 'default' },
        spec: {},
        status: { anything: 1 },
      },
    );

    expect(created.status).toEqual({ anything: 1 });
  });
});
