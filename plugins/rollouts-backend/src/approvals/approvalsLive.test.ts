import type {
  ApprovalRequestDetail,
  FleetRow,
  FleetWaiting,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  APPROVALS,
  people,
  startApprovals,
} from '../__testUtils__/approvalsPortal';
import { as, ownershipOf } from '../__testUtils__/people';
import { readStream } from '../__testUtils__/readStream';
import { eventually } from '../__testUtils__/testPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

const FLEET = '/api/rollouts/v1/fleet';
const STREAM = '/api/rollouts/v1/entities/component/default/colors/stream';

describe('what others do to a request', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  afterEach(() => world.stopPortal());
  afterAll(() => world.stop());

  const start = () =>
    world.start(undefined, { features: [ownershipOf(people)] });
  type Portal = Awaited<ReturnType<typeof start>>;

  const rowOf = async ({ get }: Portal): Promise<FleetRow> =>
    (await get(`${FLEET}/rollouts`)).body.items[0];
  const waitingFor = async (
    { get }: Portal,
    name: string,
  ): Promise<FleetWaiting['items']> =>
    (await get(`${FLEET}/waiting`, name)).body.items;
  const comment = (portal: Portal, { id }: ApprovalRequestDetail) =>
    portal.post('ben', `${APPROVALS}/${id}/comments`, { text: 'Looking.' });

  it('is in the row of the fleet: it waits for an approval, and of whom', async () => {
    const portal = await start();
    await eventually(
      () => rowOf(portal),
      row => row?.waits?.for === 'promotion',
    );
    const { id } = await portal.ask();
    await expect(
      eventually(
        () => rowOf(portal),
        row => row.waits?.for === 'approval',
      ),
    ).resolves.toMatchObject({ waits: { of: ['group:default/palette'] } });
    await portal.post('ada', `${APPROVALS}/${id}/withdraw`);
    await eventually(
      () => rowOf(portal),
      row => row.waits?.for === 'promotion',
    );
  });

  it('comes to the fleet page at once: a vote takes it from who has voted', async () => {
    const portal = await start();
    const asked = await portal.ask();
    await expect(
      eventually(
        () => waitingFor(portal, 'ben'),
        items => items[0]?.because === 'approval',
      ),
    ).resolves.toHaveLength(1);
    await expect(waitingFor(portal, 'ada')).resolves.toEqual([]);
    const stream = await readStream(
      portal.server,
      `${FLEET}/stream`,
      as('ben'),
    );
    await eventually(
      async () => stream.text(),
      text => text.includes('event: heartbeat'),
    );

    await portal.approve('ben', asked);

    await eventually(
      async () => stream.text(),
      text => text.includes('event: waiting'),
    );
    await stream.stop();
    await expect(waitingFor(portal, 'ben')).resolves.toEqual([]);
    await expect(waitingFor(portal, 'cleo')).resolves.toHaveLength(1);
  });

  it('comes to the entity’s page at once, also a comment', async () => {
    const portal = await start();
    const asked = await portal.ask();
    const stream = await readStream(portal.server, STREAM, as('cleo'));
    const versions = () =>
      [...stream.text().matchAll(/"requestVersion":(\d+)/g)].map(([, found]) =>
        Number(found),
      );
    await eventually(
      async () => versions(),
      found => found.length > 0,
    );
    const before = Math.max(...versions());

    await comment(portal, asked);

    await eventually(
      async () => Math.max(...versions()),
      latest => latest > before,
    );
    await stream.stop();
    expect(stream.text()).not.toContain('Looking.');
  });
});
