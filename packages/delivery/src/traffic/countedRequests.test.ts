import {
  type DataPlane,
  type ObjectSource,
  startDataPlane,
  type StoredObject,
  systemClock,
} from '@progressive-delivery/local-cluster';
import { ROUTER_EXAMPLES } from './testing/examples';
import { RoutingWorld } from './testing/routingWorld';
import {
  HEADER_ROUTE,
  MIRROR_ROUTE,
  SIDES,
  wanting,
} from './testing/wantedTraffic';

const HASH = 'rollouts-pod-template-hash';
const REQUESTS = 40;

/** In the example the rule before ours takes all requests: it has no match. */
const EXAMPLES = ROUTER_EXAMPLES.filter(
  ({ title }) => title !== 'Istio by host',
);

const object = (kind: string, name: string, fields: object) =>
  ({
    kind,
    metadata: { name, namespace: 'demo', uid: `${kind}/${name}` },
    ...fields,
  }) as unknown as StoredObject;

const pod = (hash: string) => ({
  ...object('Pod', hash, {
    spec: { containers: [{ name: 'c', image: `demo/colors:${hash}` }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  }),
  metadata: {
    name: hash,
    namespace: 'demo',
    uid: hash,
    labels: { app: 'colors', [HASH]: hash },
  } as unknown as StoredObject['metadata'],
});

const service = (name: string, selector: object) =>
  object('Service', name, { spec: { selector, ports: [{ port: 80 }] } });

/** The router's objects, and the pods and services of both versions. */
function sourceOf({ routes }: RoutingWorld): ObjectSource {
  const cluster: Record<string, StoredObject[]> = {
    '/pods': [pod(SIDES.canaryHash), pod(SIDES.stableHash)],
    '/services': [
      service('colors', { app: 'colors' }),
      service('colors-canary', { [HASH]: SIDES.canaryHash }),
      service('colors-stable', { [HASH]: SIDES.stableHash }),
    ],
  };
  return {
    list: ({ group, resource }) =>
      cluster[`${group}/${resource}`] ??
      (Object.values(routes).filter(({ apiVersion, kind }) => {
        const plural = `${kind}`.toLowerCase();
        return (
          apiVersion?.split('/')[0] === group && resource.startsWith(plural)
        );
      }) as unknown as StoredObject[]),
    watch: () => () => {},
  };
}

describe.each([...EXAMPLES])('requests through $title', example => {
  const { router } = example;
  let plane: DataPlane;

  async function route(wanted: ReturnType<typeof wanting>) {
    const world = RoutingWorld.of(example);
    while (world.route(wanted).length > 0);
    plane = await startDataPlane({
      source: sourceOf(world),
      clock: systemClock,
      log: () => {},
      load: false,
    });
  }

  afterEach(() => plane.stop());

  /** How many of the requests the canary answered. */
  async function canaryOf(headers: Record<string, string> = {}) {
    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, async () => {
        const answer = await fetch(`${plane.gatewayUrl}/demo/colors/`, {
          headers,
        });
        return (await answer.json()) as { color?: string; error?: string };
      }),
    );
    expect(answers.filter(({ error }) => error)).toEqual([]);
    return answers.filter(({ color }) => color === SIDES.canaryHash).length;
  }

  it.each([
    [0, 0],
    [20, 8],
    [100, 40],
  ])('reach the canary by its weight: %i %%', async (weight, expected) => {
    await route(wanting(weight));

    expect(await canaryOf()).toBe(expected);
  });

  if (router.abilities.headerRoutes) {
    it('reach the canary by their headers', async () => {
      await route(wanting(0, { managedRoutes: [HEADER_ROUTE] }));

      expect(await canaryOf({ 'X-Canary': 'yes', 'X-Group': 'beta' })).toBe(
        REQUESTS,
      );
      expect(await canaryOf()).toBe(0);
    });
  }

  if (router.abilities.mirrorRoutes) {
    it('are copied to the canary, which answers none', async () => {
      await route(wanting(0, { managedRoutes: [MIRROR_ROUTE] }));

      expect(await canaryOf()).toBe(0);
      expect(await copies(14)).toBe(14); // 35 % of 40
    });
  }

  /** How many requests the canary has counted, once they are that many. */
  async function copies(expected: number): Promise<number> {
    const deadline = Date.now() + 5000;
    for (;;) {
      const answer = await fetch(`${plane.prometheusUrl}/metrics`);
      const line = new RegExp(
        `istio_requests_total{[^}]*destination_version="${SIDES.canaryHash}"[^}]*} (\\d+)`,
      ).exec(await answer.text());
      const count = Number(line?.[1] ?? 0);
      if (count >= expected || Date.now() > deadline) return count;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
});
