import { StoredObject } from '../../api/clusterApi';
import { planEndpointSlices } from './planEndpointSlices';

const service = (spec: object) =>
  ({
    metadata: { name: 'colors', uid: 'uid-colors' },
    spec: { selector: { app: 'colors' }, ports: [{ port: 80 }], ...spec },
  }) as unknown as StoredObject;

const pod = (name: string, phase: string = 'Running', ready: boolean = true) =>
  ({
    metadata: { name, namespace: 'demo', labels: { app: 'colors' } },
    spec: {
      nodeName: 'node',
      containers: [{ ports: [{ name: 'web', containerPort: 8080 }] }],
    },
    status: {
      phase,
      podIP: `10.0.0.${name}`,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  }) as unknown as StoredObject;

const conditionsOf = (spec: object, ...pods: StoredObject[]) =>
  planEndpointSlices(service(spec), pods).flatMap(({ endpoints }) =>
    endpoints.map(each => each.conditions),
  );

// Rules: Kubernetes documentation, "EndpointSlices" and "Service".
describe('the endpoints of a service', () => {
  it.each(['Succeeded', 'Failed'])('are no pods that have %s', phase => {
    expect(conditionsOf({}, pod('1', phase))).toEqual([]);
  });

  it.each([undefined, {}])(
    'are nobody’s to say here without a selector: %j',
    selector => {
      expect(planEndpointSlices(service({ selector }), [pod('1')])).toEqual([]);
    },
  );

  it('may be published before they are ready, and do not serve for that', () => {
    const unready = pod('1', 'Running', false);

    expect(conditionsOf({}, unready)).toEqual([
      { ready: false, serving: false, terminating: false },
    ]);
    expect(conditionsOf({ publishNotReadyAddresses: true }, unready)).toEqual([
      { ready: true, serving: false, terminating: false },
    ]);
  });

  it.each([
    [{ port: 80 }, { name: '', protocol: 'TCP', port: 80 }],
    [
      { port: 80, targetPort: 8080 },
      { name: '', protocol: 'TCP', port: 8080 },
    ],
    [
      { port: 80, name: 'http', targetPort: 'web' },
      { name: 'http', protocol: 'TCP', port: 8080 },
    ],
    [
      { port: 80, targetPort: 'metrics' },
      { name: '', protocol: 'TCP' },
    ],
  ])('have, for the port %j: %j', (port, expected) => {
    const [slice] = planEndpointSlices(service({ ports: [port] }), [pod('1')]);

    expect(slice?.ports).toEqual([expected]);
  });

  it('are a hundred to a slice, each of them once', () => {
    const pods = Array.from({ length: 201 }, (_, i) => pod(String(1000 + i)));

    const slices = planEndpointSlices(service({}), pods);

    expect(slices.map(({ endpoints }) => endpoints.length)).toEqual([
      100, 100, 1,
    ]);
    expect(new Set(slices.map(({ name }) => name)).size).toBe(3);
    expect(
      new Set(
        slices.flatMap(({ endpoints }) =>
          endpoints.map(each => String(each.addresses)),
        ),
      ).size,
    ).toBe(201);
  });
});
