import type {
  Release,
  ReleasePage,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { startApprovals } from '../../__testUtils__/approvalsPortal';
import { eventually } from '../../__testUtils__/testPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(90_000);

const RELEASES = '/api/rollouts/v1/history/releases';

describe('the history of a release that two people approved', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  afterAll(async () => {
    await world?.stopPortal();
    await world?.stop();
  });

  it('says who asked, who voted on which numbers, and whose action it became', async () => {
    const { ask, approve, get } = await world.start();
    const asked = await ask();
    await approve('ben', asked);
    await approve('cleo', asked);

    const release = await eventually(
      async () => {
        const { items } = (await get(RELEASES)).body as ReleasePage;
        const id = items?.[0]?.id;
        return id === undefined
          ? undefined
          : ((await get(`${RELEASES}/${id}`)).body as Release);
      },
      found =>
        found?.requests[0]?.state === 'executed' && found.actions.length > 0,
      30_000,
    );

    expect(release).toMatchObject({
      people: ['user:default/ada', 'user:default/ben', 'user:default/cleo'],
      requests: [
        {
          id: asked.id,
          action: 'promote',
          requestedBy: 'user:default/ada',
          policies: [expect.any(String)],
          votes: [
            { by: 'user:default/ben', vote: 'approve' },
            { by: 'user:default/cleo', vote: 'approve' },
          ],
          snapshot: expect.arrayContaining([
            { label: 'weight', value: '0 of 100, 20 asked for' },
          ]),
        },
      ],
      actions: [
        { action: 'promote', by: 'user:default/cleo', outcome: 'applied' },
      ],
    });
  });
});
