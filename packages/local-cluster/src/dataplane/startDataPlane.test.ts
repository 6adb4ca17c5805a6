import { systemClock } from '../api/clock';
import { ask as get } from './testing/askGateway';
import { DataPlane, startDataPlane } from './startDataPlane';
import {
  createMemorySource,
  Draft,
  MemorySource,
  pod,
  service,
  virtualService,
  weighted,
} from './testing/memorySource';

const blue = pod('blue-1', 'blue', { app: 'colors', version: 'v1' });
const green = pod('green-1', 'green', {
  app: 'colors',
  version: 'v2',
  'rollouts-pod-template-hash': 'abc',
});
const base = [
  blue,
  green,
  service('colors', { app: 'colors' }),
  service('colors-stable', { version: 'v1' }),
  service('colors-canary', { version: 'v2' }),
];

describe('the data plane', () => {
  let plane: DataPlane;
  let source: MemorySource;

  async function start(...drafts: Draft[]): Promise<void> {
    source = createMemorySource(...base, ...drafts);
    plane = await startDataPlane({
      source,
      clock: systemClock,
      log: () => {},
      load: false,
    });
  }

  afterEach(() => plane.stop());

  async function colors(count: number, headers = {}): Promise<string[]> {
    const answers = await Promise.all(
      Array.from({ length: count }, () =>
        get(plane.gatewayUrl, '/demo/colors/', headers),
      ),
    );
    return answers.map(answer => answer.body.color);
  }

  it('splits real requests by the weights of the VirtualService', async () => {
    await start(virtualService('colors', [weighted(80, 20)]));

    const seen = await colors(100);

    expect(seen.filter(color => color === 'green')).toHaveLength(20);
    const counts = await get(
      plane.gatewayUrl,
      '/api/counts?namespace=demo&name=colors&window=60',
    );
    expect(counts.body).toMatchObject({
      total: 100,
      errors: 0,
      byColor: { blue: 80, green: 20 },
      byDestination: { 'colors-stable': 80, 'colors-canary': 20 },
    });
  });

  it('follows a change of the weights at once', async () => {
    await start(virtualService('colors', [weighted(100, 0)]));
    expect(new Set(await colors(20))).toEqual(new Set(['blue']));

    source.put(virtualService('colors', [weighted(0, 100)]));

    expect(new Set(await colors(20))).toEqual(new Set(['green']));
  });

  it('sends to a pod that has just become ready, and no more to one that has gone', async () => {
    await start(virtualService('colors', [weighted(100, 0)]));
    expect(new Set(await colors(20))).toEqual(new Set(['blue']));

    source.put(pod('purple-1', 'purple', { app: 'colors', version: 'v1' }));
    source.remove(blue);

    expect(new Set(await colors(20))).toEqual(new Set(['purple']));
  });

  it('routes by Host header, and by a header match before the weights', async () => {
    const debug = {
      match: [{ headers: { 'x-debug': { exact: 'true' } } }],
      route: [{ destination: { host: 'colors-canary' } }],
    };
    await start(virtualService('colors', [debug, weighted(100, 0)]));
    const host = 'colors.demo.local';

    const plain = await get(plane.gatewayUrl, '/', { host });
    const marked = await get(plane.gatewayUrl, '/', {
      host,
      'x-debug': 'true',
    });

    expect(plain.body).toMatchObject({ color: 'blue', pod: 'blue-1' });
    expect(marked.body).toMatchObject({ color: 'green', revision: 'abc' });
  });

  it('answers 404 with what to do for a host that nothing routes', async () => {
    await start();

    const answer = await get(plane.gatewayUrl, '/', { host: 'evil.example' });

    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatch(/Host header/);
  });

  it('answers and counts 503 where no pod is ready', async () => {
    await start(virtualService('colors', [weighted(0, 100)]));
    source.remove(green);

    const answer = await get(plane.gatewayUrl, '/demo/colors/');

    expect(answer.status).toBe(503);
    const metrics = await get(plane.prometheusUrl, '/metrics');
    expect(metrics.body).toContain(
      'istio_requests_total{reporter="source",destination_service_name="colors-canary",destination_service="colors-canary.demo.svc.cluster.local",destination_service_namespace="demo",destination_version="",response_code="503"} 1',
    );
  });

  it('answers 500 for red', async () => {
    await start();
    source.put({
      ...blue,
      spec: { containers: [{ name: 'main', image: 'demo/colors:red' }] },
    });

    const answer = await get(plane.gatewayUrl, '/demo/colors-stable/');

    expect(answer).toMatchObject({ status: 500, body: { color: 'red' } });
  });

  it('mirrors a share without telling the caller', async () => {
    const route = {
      ...weighted(100, 0),
      mirror: { host: 'colors-canary' },
      mirrorPercentage: { value: 50 },
    };
    await start(virtualService('colors', [route]));

    expect(new Set(await colors(40))).toEqual(new Set(['blue']));

    await until(async () => {
      const { body } = await get(plane.prometheusUrl, '/metrics');
      const line =
        /istio_requests_total{[^}]*colors-canary\.demo[^}]*"200"} (\d+)/.exec(
          body,
        );
      return Number(line?.[1] ?? 0) === 20;
    });
    const { body } = await get(
      plane.gatewayUrl,
      '/api/counts?namespace=demo&name=colors',
    );
    expect(body.total).toBe(40);
  });

  it('sends to the labels of a subset', async () => {
    await start(
      virtualService('colors', [
        { route: [{ destination: { host: 'colors', subset: 'canary' } }] },
      ]),
      {
        kind: 'DestinationRule',
        metadata: { name: 'colors' },
        spec: {
          host: 'colors',
          subsets: [{ name: 'canary', labels: { version: 'v2' } }],
        },
      },
    );

    expect(new Set(await colors(10))).toEqual(new Set(['green']));
  });

  it('spreads a plain service over its ready pods', async () => {
    await start(pod('blue-2', 'blue', { app: 'colors' }));
    source.put({ ...green, status: { phase: 'Running', conditions: [] } });

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => get(plane.gatewayUrl, '/demo/colors/')),
    );

    const pods = answers.map(answer => answer.body.pod);
    expect(pods.filter(name => name === 'blue-1')).toHaveLength(10);
    expect(pods.filter(name => name === 'blue-2')).toHaveLength(10);
  });

  it('measures the success rate of what it sent', async () => {
    await start();
    source.put({
      ...blue,
      spec: { containers: [{ image: 'demo/colors:red' }] },
    });
    const send = async () => {
      await get(plane.gatewayUrl, '/demo/colors-canary/');
      await get(plane.gatewayUrl, '/demo/colors-stable/');
    };
    const rate = (codes: string) =>
      `sum(rate(istio_requests_total{destination_service_namespace="demo"${codes}}[20s]))`;
    const query = `${rate(',response_code!~"5.*"')} / ${rate('')}`;

    const measured = async () => {
      await send();
      const { body } = await get(
        plane.prometheusUrl,
        `/api/v1/query?query=${encodeURIComponent(query)}`,
      );
      return Number(body.data.result[0]?.value[1]);
    };
    await until(async () => (await measured()) > 0);

    expect(await measured()).toBeCloseTo(0.5, 1);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('never came true');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
