import request from 'supertest';
import type {
  FleetPage,
  FleetRow,
  FleetWaiting,
  FreezeView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { as } from '../__testUtils__/people';
import { readStream } from '../__testUtils__/readStream';
import { canary } from '../__testUtils__/rollouts';
import {
  ada,
  component,
  eventually,
  type TestPortalOptions,
} from '../__testUtils__/testPortal';
import { withPortals } from '../__testUtils__/withPortals';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

const FLEET = '/api/rollouts/v1/fleet';
const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };

/** Ada's own; the mocked user is no member of a group. */
function adas(name: string) {
  return {
    ...component(name),
    relations: [
      { type: 'ownedBy', targetRef: 'user:default/ada' },
      { type: 'partOf', targetRef: 'system:default/paint' },
    ],
  };
}

describe('the fleet', () => {
  const portals = withPortals();
  // The cluster is the same in all tests.
  afterEach(() => portals.cluster.controls.setFaults(undefined));

  /** Colors is Ada's and paused, search is palette's and healthy, stray is nobody's. */
  async function startFleet(options: Partial<TestPortalOptions> = {}) {
    portals.cluster.createRollout(canary());
    portals.cluster.createRollout(
      canary({
        name: 'search',
        status: {
          phase: 'Healthy',
          stableRS: 'green',
          currentStepIndex: 4,
          controllerPause: false,
          pauseConditions: [],
        },
      }),
    );
    portals.cluster.createRollout(
      canary({ name: 'stray', namespace: 'other', kubernetesId: 'nobody' }),
    );
    const portal = await portals.start({
      entities: [adas('colors'), component('search')],
      ...options,
    });
    const get = (path: string) => portal.get(`${FLEET}${path}`);
    const list = async (query = ''): Promise<FleetPage> =>
      (await get(`/rollouts?sort=name${query}`)).body;
    return { ...portal, get, list };
  }

  const names = ({ items }: { items: FleetRow[] }) =>
    items.map(({ ref }) => ref.name);

  it('has a row for each rollout, with owner, system and whom it waits for', async () => {
    const { list } = await startFleet();

    const page = await eventually(
      list,
      ({ items }) => items.length === 3 && items[0]!.owner !== undefined,
    );

    expect(names(page)).toEqual(['colors', 'search', 'stray']);
    expect(page.items[0]).toMatchObject({
      ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
      entityRef: 'component:default/colors',
      owner: 'user:default/ada',
      system: 'system:default/paint',
      state: 'Paused',
      step: { index: 1, count: 4 },
      since: '2026-11-01T10:00:00Z',
      waits: { for: 'promotion', of: ['user:default/ada'] },
      sentence: expect.stringContaining('promote'),
    });
    expect(page.items[1]).toMatchObject({
      state: 'Healthy',
      owner: 'group:default/palette',
    });
    expect(page.items[2]!.entityRef).toBeUndefined();
    expect(page.facets.owner).toEqual({
      'user:default/ada': 1,
      'group:default/palette': 1,
      none: 1,
    });
    expect(page.clusters).toMatchObject([{ name: 'local' }]);
  });

  it('filters, turns pages, and refuses a cursor of another list', async () => {
    const { get, list } = await startFleet();
    await eventually(list, ({ total }) => total === 3);

    const first = await list('&limit=2');
    const second = await list(`&limit=2&cursor=${first.nextCursor}`);
    expect([names(first), names(second)]).toEqual([
      ['colors', 'search'],
      ['stray'],
    ]);
    expect(second.nextCursor).toBeUndefined();
    const last = await list('&order=desc&limit=2');
    const before = await list(`&order=desc&limit=2&cursor=${last.nextCursor}`);
    expect([names(last), names(before)]).toEqual([
      ['stray', 'search'],
      ['colors'],
    ]);
    expect(names(await list('&state=Paused&owner=none'))).toEqual(['stray']);
    expect(names(await list('&q=SEARCH%20palette'))).toEqual(['search']);
    expect(names(await list('&namespace=demo&namespace=other'))).toHaveLength(
      3,
    );

    const other = await get(`/rollouts?sort=since&cursor=${first.nextCursor}`);
    expect(other.status).toBe(400);
    expect(other.body.error.message).toMatch(/Start again without it/);
    expect((await get('/rollouts?state=Sleepy')).status).toBe(400);
    expect((await get('/rollouts?cursor=nonsense')).status).toBe(400);
  });

  it('answers with nothing new when nothing is', async () => {
    const { get, list } = await startFleet();
    await eventually(list, ({ total }) => total === 3);

    // The clusters' health goes on changing for a moment after the start.
    let etag = '';
    const again = await eventually(
      async () => {
        const answer = await get('/rollouts').set('If-None-Match', etag);
        etag = answer.headers.etag ?? '';
        return answer;
      },
      ({ status }) => status === 304,
    );
    const otherwise = await get('/rollouts?q=x').set('If-None-Match', etag);

    expect([again.status, otherwise.status]).toEqual([304, 200]);
  });

  it('is something new when a cluster alone is otherwise', async () => {
    const { get } = await portals.start({ entities: [] });
    const read = (etag: string) =>
      get(`${FLEET}/rollouts`).set('If-None-Match', etag);
    let etag = '';
    await eventually(
      async () => {
        const answer = await read(etag);
        etag = answer.headers.etag ?? '';
        return answer.status;
      },
      status => status === 304,
    );

    portals.cluster.controls.setFaults(() => ({ kind: 'cut' }));
    portals.cluster.controls.cutWatches();

    const { body } = await eventually(
      () => read(etag),
      ({ status }) => status === 200,
    );
    expect(body.clusters[0].state).not.toBe('ready');
  });

  it('shows what belongs to no entity to those alone who may see it', async () => {
    const { list } = await startFleet({
      allow: name => name !== 'rollouts.read-unmapped',
    });
    const page = await eventually(list, ({ total }) => total === 2);
    expect(page.facets.namespace).toEqual({ demo: 2 });
  });

  it('tells nobody else anything', async () => {
    const { get, list, server } = await startFleet({ allow: () => false });

    const anonymous = await request(server)
      .get(`${FLEET}/rollouts`)
      .set('Authorization', 'Bearer mock-none-token');
    expect(anonymous.status).toBe(401);
    expect(await list()).toMatchObject({
      items: [],
      total: 0,
      facets: { namespace: {}, owner: {} },
    });
    expect((await get('/waiting')).body).toEqual({ items: [] });
  });

  it('is not shared by readers who see different parts of it', async () => {
    const rights = { unmapped: true };
    const { get, list, server } = await startFleet({
      allow: name => rights.unmapped || name !== 'rollouts.read-unmapped',
    });
    await eventually(list, ({ total }) => total === 3);
    // The clusters' health goes on changing for a moment after the start.
    let etag = '';
    await eventually(
      async () => {
        const answer = await get('/rollouts?sort=name').set(
          'If-None-Match',
          etag,
        );
        etag = answer.headers.etag ?? '';
        return answer.status;
      },
      status => status === 304,
    );

    rights.unmapped = false;
    const others = await request(server)
      .get(`${FLEET}/rollouts?sort=name`)
      .set('Authorization', as('ben'))
      .set('If-None-Match', etag);

    expect(others.status).toBe(200);
    expect(names(others.body)).toEqual(['colors', 'search']);
  });

  it('has nothing of a rollout for an entity that the operator gave its namespace not to', async () => {
    const { list } = await startFleet({
      allow: name => name !== 'rollouts.read-unmapped',
      rollouts: {
        ownership: [{ namespace: 'demo', entity: 'component:default/search' }],
      },
    });
    const { facets, ...page } = await eventually(
      list,
      ({ total }) => total > 0,
    );
    expect(names(page)).toEqual(['search']);
    expect(facets.owner).toEqual({ 'group:default/palette': 1 });
  });

  it('puts what waits for the reader apart', async () => {
    const { get } = await startFleet();

    const waiting = await eventually(
      async (): Promise<FleetWaiting> => (await get('/waiting')).body,
      ({ items }) => items.length > 0,
    );

    // Stray is paused for a person, too, but for nobody in particular.
    expect(waiting.items).toMatchObject([
      { because: 'owner', row: { ref: { name: 'colors' } } },
    ]);
  });

  it('says of what waits which freeze refuses it, and tells the streams when one begins or ends', async () => {
    const { get, post, server } = await startFleet();
    const waiting = async (): Promise<FleetWaiting> =>
      (await get('/waiting')).body;
    await eventually(waiting, ({ items }) => items.length > 0);
    const stream = await readStream(server, `${FLEET}/stream`, ada);
    const told = async () => stream.text().split('event: waiting').length;
    const atFirst = await told();

    const made = await post('/api/rollouts/v1/freezes', {
      idempotencyKey: 'freeze-1',
      name: 'Black Friday',
      reason: 'Ask the duty manager',
      timeZone: 'UTC',
      start: new Date(Date.now() - 60_000).toISOString().slice(0, 16),
      duration: 'PT2H',
    });
    const { id, next } = made.body as FreezeView;
    expect((await waiting()).items).toMatchObject([
      { frozen: { name: 'Black Friday', until: next?.end } },
    ]);
    const before = await eventually(told, count => count > atFirst);
    expect(stream.text()).toContain('event: freezes');

    await post(`/api/rollouts/v1/freezes/${id}/end`, { reason: 'it is over' });
    await eventually(told, count => count > before);
    expect((await waiting()).items[0]?.frozen).toBeUndefined();
    await stream.stop();
  });

  it('causes no call to the cluster', async () => {
    const { get, list } = await startFleet();
    await eventually(
      list,
      ({ total, clusters }) =>
        total === 3 && clusters.every(({ state }) => state !== 'connecting'),
    );
    const before = portals.cluster.controls.callCount;
    await Promise.all(
      ['/rollouts', '/rollouts?q=colors', '/waiting'].map(path => get(path)),
    );
    expect(portals.cluster.controls.callCount).toBe(before);
  });

  it('lets one person follow it on so many pages, and a page that is closed makes room', async () => {
    const { server, get } = await startFleet();
    const open = () => readStream(server, `${FLEET}/stream`, ada);
    const streams = await Promise.all(Array.from({ length: 100 }, open));
    const refused = await get('/stream');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.body.error.message).toMatch(/100 pages.*Close some/);

    await streams.pop()!.stop();
    streams.push(await eventually(open, ({ status }) => status === 200));
    await Promise.all(streams.map(stream => stream.stop()));
  });

  it('streams what changes, and only that', async () => {
    const { list, server } = await startFleet({
      allow: name => name !== 'rollouts.read-unmapped',
    });
    await eventually(list, ({ total }) => total === 2);
    const stream = await readStream(server, `${FLEET}/stream`, ada);
    await eventually(
      async () => stream.text(),
      read => read.includes('event: reload'),
    );

    for (const [namespace, name] of [
      ['other', 'stray'],
      ['demo', 'colors'],
    ] as const) {
      portals.cluster.api.patch(
        ROLLOUTS,
        namespace,
        name,
        { spec: { paused: true } },
        { type: 'merge' },
      );
    }
    await eventually(
      async () => stream.text(),
      read => read.includes('event: rows'),
    );
    portals.cluster.api.delete(ROLLOUTS, 'demo', 'search');
    await eventually(
      async () => stream.text(),
      read => read.includes('event: removed'),
    );
    await stream.stop();
    const text = stream.text();

    expect(text).toContain('"name":"colors"');
    expect(text).not.toContain('stray');
    expect(text).toContain(
      'data: [{"cluster":"local","namespace":"demo","name":"search"}]',
    );
  });
});
