import * as fc from 'fast-check';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { TRAFFIC_ROUTERS, routersOf } from './registry';
import { ROUTER_EXAMPLES } from './testing/examples';
import { RoutingWorld } from './testing/routingWorld';
import { SIDES, anyWanted, wanting } from './testing/wantedTraffic';

/** More turns than any router needs to be done. */
const TURNS = 4;

/** The objects, but for what the API server adds and a 0 that may be left out. */
function contentOf({ routes }: RoutingWorld): unknown {
  return JSON.parse(
    JSON.stringify(routes, (key, value) =>
      key === 'resourceVersion' ||
      key === 'uid' ||
      (key === 'labels' && Object.keys(value).length === 0) ||
      (key === 'weight' && value === 0)
        ? undefined
        : value,
    ),
  );
}

function settle(world: RoutingWorld, wanted: ReturnType<typeof wanting>) {
  for (let turn = 0; turn < TURNS; turn++) {
    if (!world.route(wanted).length) return;
  }
  throw new Error('it does not come to rest');
}

it('has an example of every router that is registered', () => {
  const shown = ROUTER_EXAMPLES.map(each => each.router);

  expect(TRAFFIC_ROUTERS.filter(each => !shown.includes(each))).toEqual([]);
});

describe.each([...ROUTER_EXAMPLES])('$title', ({ router, ...example }) => {
  const world = () =>
    new RoutingWorld(router, example.rollout, example.objects);

  it('is found by its stanza, and valid', () => {
    expect(routersOf(example.rollout)).toEqual([router]);
    expect(world().problems).toEqual([]);
  });

  it('says what was wanted after a few turns, and then changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(anyWanted(fc, router), { minLength: 1, maxLength: 4 }),
        every => {
          const at = world();
          for (const wanted of every) {
            settle(at, wanted);
            expect(at.observe(wanted).weight).toBe(wanted.weight);
            expect(at.route(wanted)).toEqual([]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('leaves no trace of what was wanted on the way', () => {
    fc.assert(
      fc.property(anyWanted(fc, router), wanted => {
        const end = wanting(0, { max: wanted.max });
        const [detour, straight] = [world(), world()];
        settle(detour, wanted);
        settle(detour, end);
        settle(straight, end);
        expect(contentOf(detour)).toEqual(contentOf(straight));
      }),
      { numRuns: 30 },
    );
  });

  it('writes only objects that it declares, and on what it was decided on', () => {
    const at = world();

    at.route(wanting(20));
    at.route(wanting(0));

    const declared = router.objects(at.rollout);
    const strays = at.writes.filter(write => {
      const name =
        write.verb === 'create' ? write.object.metadata.name : write.name;
      return !declared.some(
        each =>
          each.resource.plural === write.resource.plural &&
          [name, undefined].includes(each.name),
      );
    });
    const blind = at.writes.filter(
      write => write.verb !== 'create' && !write.precondition.uid,
    );
    expect(at.writes).not.toEqual([]);
    expect(strays).toEqual([]);
    expect(blind).toEqual([]);
  });

  it('survives any stanza', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), stanza => {
        const trafficRouting = router.path.reduceRight<unknown>(
          (value, key) => ({ [key]: value }),
          stanza,
        );
        const rollout = {
          metadata: { name: 'odd', namespace: 'demo' },
          spec: { strategy: { canary: { trafficRouting } } },
        } as unknown as Rollout;
        expect(Array.isArray(router.objects(rollout))).toBe(true);
      }),
    );
  });

  it('routes nothing, and says what is missing, without its objects', () => {
    const at = new RoutingWorld(router, example.rollout, []);

    expect(at.observe(SIDES).weight).toBe(0);
    expect(at.problems.join('; ')).toMatch(/^$|not found in namespace "demo"/);
  });
});
