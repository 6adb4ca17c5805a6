import { randomUUID } from 'node:crypto';
import type {
  ActionRequest,
  CreateFreezeRequest,
  EntityRolloutsResponse,
  FreezeDefinition,
  FreezeView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import {
  eventually,
  type TestPortalOptions,
} from '../__testUtils__/testPortal';
import { withPortals } from '../__testUtils__/withPortals';

jest.setTimeout(60_000);

const API = '/api/rollouts/v1';
const COLORS = `${API}/rollouts/local/demo/colors`;
const HOUR = 3_600_000;

function local(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16);
}

/** Goes on now, for two hours. */
function going(change: Partial<FreezeDefinition> = {}): FreezeDefinition {
  return {
    name: 'Black Friday',
    reason: 'Ask the duty manager',
    timeZone: 'UTC',
    start: local(Date.now() - HOUR),
    duration: 'PT2H',
    ...change,
  };
}

describe('freeze windows over the HTTP API', () => {
  const portals = withPortals();

  async function startPortal(
    freezes: FreezeDefinition[] = [],
    options: Partial<TestPortalOptions> = {},
  ) {
    portals.cluster.createRollout(canary());
    const portal = await portals.start({
      rollouts: { freezes: JSON.parse(JSON.stringify(freezes)) },
      ...options,
    });
    const { get, post } = portal;
    await eventually(
      async () =>
        (await get(`${API}/entities/component/default/colors/rollouts`)).body,
      (body: EntityRolloutsResponse) => body.rollouts?.length > 0,
    );
    const act = (action: string, more: Partial<ActionRequest> = {}) => {
      const { metadata, status } = portals.cluster.rollout('colors');
      return post(`${COLORS}/actions/${action}`, {
        idempotencyKey: randomUUID(),
        seen: {
          uid: metadata.uid ?? '',
          generation: metadata.generation ?? 0,
          podHash: status?.currentPodHash,
          stepIndex: status?.currentStepIndex,
        },
        ...more,
      });
    };
    const create = (change: Partial<CreateFreezeRequest> = {}) =>
      post(`${API}/freezes`, {
        idempotencyKey: randomUUID(),
        ...going(),
        ...change,
      });
    return { ...portal, act, create };
  }

  it('refuse what brings a version to more people, with name, reason and end', async () => {
    const { act } = await startPortal([going()]);

    const refused = await act('promote');

    expect(refused.status).toBe(423);
    expect(refused.body.refusal).toMatchObject({
      code: 'locked',
      message: expect.stringMatching(
        /^The freeze “Black Friday” lasts until .* \(UTC\): Ask the duty manager$/,
      ),
      locks: [{ gate: 'freeze', name: 'Black Friday', emergency: true }],
    });
    expect(
      portals.cluster.rollout('colors').status?.pauseConditions,
    ).toHaveLength(1);
  });

  it('leave free what makes nothing reach more people', async () => {
    const { act } = await startPortal([going()]);
    const free = [];
    for (const action of ['restart', 'pause', 'abort']) {
      free.push((await act(action)).status);
    }
    expect(free).toEqual([200, 200, 200]);
    expect((await act('retry')).body.refusal?.code).toBe('locked');
  });

  it('are passed in an emergency, with a reason', async () => {
    const { act } = await startPortal([going()]);

    const without = await act('promote', { emergency: true });
    const passed = await act('promote', {
      emergency: true,
      reason: 'the shop is down',
    });

    expect(without.body.refusal).toMatchObject({ code: 'invalid' });
    expect(passed.status).toBe(200);
  });

  it('are passed by nobody when they say so', async () => {
    const { act } = await startPortal([going({ emergency: false })]);
    const refused = await act('promote', { emergency: true, reason: 'now' });
    expect(refused.body.refusal).toMatchObject({ code: 'locked' });
  });

  it('of another scope concern nobody here', async () => {
    const { act, get } = await startPortal([
      going({ scope: { cluster: 'elsewhere' } }),
    ]);
    expect((await act('promote')).status).toBe(200);
    expect((await get(`${COLORS}/freezes`)).body.items).toEqual([]);
  });

  it('are shown as locks, and as what concerns a rollout', async () => {
    const { get } = await startPortal([going({ hold: true })]);

    const { body } = await get(COLORS);
    const { body: freezes } = await get(`${COLORS}/freezes`);

    const promote = body.rollout.actions.find(
      ({ action }: { action: string }) => action === 'promote',
    );
    expect(promote.locks).toMatchObject([{ name: 'Black Friday' }]);
    expect(freezes.items).toMatchObject([
      { name: 'Black Friday', active: true, hold: true, timeZone: 'UTC' },
    ]);
  });

  it('can be made and ended in the portal', async () => {
    const { act, create, post, get, auditEvents } = await startPortal();

    const made = await create();
    expect(made.status).toBe(201);
    expect((await act('promote')).body.refusal?.code).toBe('locked');
    const id: string = made.body.id;
    const ended = await post(`${API}/freezes/${id}/end`, { reason: 'over' });

    expect(ended.body).toMatchObject({
      state: 'over',
      createdBy: 'user:default/ada',
      endedBy: 'user:default/ada',
      endReason: 'over',
    });
    expect((await act('promote')).status).toBe(200);
    expect((await post(`${API}/freezes/${id}/end`, {})).status).toBe(409);
    expect((await get(`${API}/freezes`)).body.items).toHaveLength(1);
    expect(auditEvents.map(({ eventId }) => eventId)).toEqual(
      expect.arrayContaining(['freeze-create', 'freeze-end']),
    );
  });

  it('are made once however often they are sent', async () => {
    const { create, get } = await startPortal();
    const idempotencyKey = randomUUID();

    const answers = await Promise.all([
      create({ idempotencyKey }),
      create({ idempotencyKey }),
    ]);

    const ids = answers.map(({ body }) => (body as FreezeView).id);
    expect(ids[0]).toBe(ids[1]);
    expect((await get(`${API}/freezes`)).body.items).toHaveLength(1);
  });

  it.each([
    [
      'rarely',
      {
        start: '2024-02-29T00:00',
        recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      },
    ],
    ['years ahead', { start: '2096-02-29T00:00' }],
  ])('that come %s are no windows that are over', async (_, change) => {
    const { create } = await startPortal();
    const made = await create(change);
    expect(made.status).toBe(201);
  });

  it('of a cluster that there is not say so', async () => {
    const { create, get } = await startPortal();
    const made = await create({ scope: { cluster: ['local', 'prodd'] } });
    const warnings = [
      expect.stringContaining('scope.cluster: there is no cluster "prodd" now'),
    ];
    expect(made.body.warnings).toEqual(warnings);
    const { items: times } = (await get(`${API}/freezes/occurrences`)).body;
    expect(times).toMatchObject([{ warnings }]);
    await create();
    const { items } = (await get(`${API}/freezes`)).body;
    expect(items.map((each: FreezeView) => each.warnings)).toEqual([
      warnings,
      undefined,
    ]);
  });

  it('are not taken for another one that was made with the same key', async () => {
    const { create, get } = await startPortal();
    const idempotencyKey = randomUUID();
    await create({ idempotencyKey, scope: { cluster: 'elsewhere' } });

    const other = await create({ idempotencyKey });

    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain('belongs to another freeze');
    expect((await get(`${API}/freezes`)).body.items).toHaveLength(1);
  });

  it.each([
    [
      { timeZone: 'Mars/Olympus' },
      'timeZone: "Mars/Olympus" is not a time zone',
    ],
    [{ recurrence: 'FREQ=HOURLY' }, 'recurrence: "FREQ=HOURLY" is not'],
    [{ scope: { labels: 'a=b=c' } }, 'scope.labels: "a=b=c" is not'],
    [
      { scope: { entity: { ref: 'no:such/thing/x' } } },
      'scope.entity.ref: "no:such/thing/x" is not an entity reference',
    ],
    [{ start: '2020-11-27T00:00' }, 'start: the window is over already'],
    [
      {
        start: '2020-11-27T00:00',
        recurrence: 'FREQ=DAILY;UNTIL=20201231T000000',
      },
      'start: the window is over already',
    ],
    [{ name: 'Nights', scop: { cluster: 'local' } }, 'request/body/scop'],
  ])('with %j are refused', async (change, message) => {
    const { create } = await startPortal();
    const refused = await create(change);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain(message);
  });

  it('of the configuration cannot be ended here', async () => {
    const { post } = await startPortal([going()]);
    const refused = await post(`${API}/freezes/config:Black%20Friday/end`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('rollouts.freezes');
  });

  it('are seen, made and ended only by who has the right', async () => {
    const { get, create, post } = await startPortal([], {
      allow: permission => !permission.startsWith('rollouts.freeze.'),
    });
    expect((await get(`${API}/freezes`)).status).toBe(403);
    expect((await get(`${API}/freezes/occurrences`)).status).toBe(403);
    expect((await create()).status).toBe(403);
    expect((await post(`${API}/freezes/x/end`, {})).status).toBe(403);
  });

  it('that are wrong in the configuration keep the portal from starting', async () => {
    await expect(startPortal([going({ duration: 'PT0S' })])).rejects.toThrow(
      'rollouts.freezes[0].duration: "PT0S" is not',
    );
  });

  it('are listed within a time and by scope', async () => {
    const { get } = await startPortal([
      going({
        name: 'Weekend',
        timeZone: 'Europe/Berlin',
        start: '2026-01-02T18:00',
        duration: 'P2D',
        recurrence: 'FREQ=WEEKLY;BYDAY=FR',
        scope: { tier: 'production' },
      }),
    ]);
    const list = async (query: string) =>
      (await get(`${API}/freezes/occurrences?${query}`)).body;
    const january = `${new URLSearchParams({ from: '2027-01-01T12:00:00Z', to: '2027-01-09T00:00:00Z' })}`;

    expect((await list(january)).items).toMatchObject([
      { start: '2027-01-01T17:00:00.000Z', end: '2027-01-03T17:00:00.000Z' },
      { start: '2027-01-08T17:00:00.000Z' },
    ]);
    expect((await list(`${january}&tier=production`)).items).toHaveLength(2);
    expect((await list(`${january}&tier=staging`)).items).toHaveLength(0);
    expect(
      (await list('from=2027-01-01&to=2030-01-01')).error.message,
    ).toContain('at most 400 days');
  });
});
