import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  approvalsExtensionPoint,
  type Represented,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import {
  APPROVALS,
  people,
  startApprovals,
} from '../__testUtils__/approvalsPortal';
import { user } from '../__testUtils__/people';
import { component } from '../__testUtils__/testPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

/** Erin and Oscar are in no team. */
const erin = 'user:default/erin';
const oscar = 'user:default/oscar';

describe('a delegate', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;
  /** Who stands in for whom, by the module's source. */
  let rota: Record<string, Represented[]>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  beforeEach(() => {
    rota = {};
  });
  afterEach(() => world.stopPortal());
  afterAll(() => world.stop());

  const pager = createBackendModule({
    pluginId: 'rollouts',
    moduleId: 'pager',
    register(env) {
      env.registerInit({
        deps: { approvals: approvalsExtensionPoint },
        async init({ approvals }) {
          approvals.addDelegates({
            title: 'the pager',
            representedBy: async ref => {
              const found = rota[ref];
              if (rota.down) {
                throw new Error('the pager does not answer');
              }
              return found ?? [];
            },
          });
        },
      });
    },
  });

  const start = (count = 1) =>
    world.start([{ name: 'owners', count, onApproval: 'act' }], {
      features: [pager],
      entities: [component('colors'), ...people, user('erin'), user('oscar')],
    });

  it('answers for who has named them, in that one’s place', async () => {
    const { ask, approve, requestOf } = await start(2);
    const asked = await ask();
    expect((await approve('erin', asked)).status).toBe(403);
    rota[erin] = [{ ref: 'user:default/ben', reason: 'Ben is away' }];

    expect((await approve('erin', asked)).body).toMatchObject({
      state: 'pending',
      votes: [{ by: erin, onBehalfOf: 'user:default/ben' }],
    });

    const ben = await approve('ben', asked);
    expect(ben.status).toBe(403);
    expect(ben.body.refusal.message).toMatch(/answered already/);
    expect((await approve('cleo', asked)).body.state).toBe('executed');
    await expect(requestOf(asked.id)).resolves.toMatchObject({
      votes: [{ by: erin }, { by: 'user:default/cleo' }],
    });
  });

  it('answers for a group as who is on call for it', async () => {
    const { ask, approve } = await start();
    rota[oscar] = [{ ref: 'group:default/palette', reason: 'On call' }];
    expect((await approve('oscar', await ask())).body).toMatchObject({
      state: 'executed',
      votes: [{ by: oscar, onBehalfOf: 'group:default/palette' }],
    });
  });

  it('of who asked has no vote, and neither has who asked as a delegate of another', async () => {
    const { ask, approve, requestOf } = await start();
    const asked = await ask();
    rota[erin] = [{ ref: 'user:default/ada', reason: 'Ada is away' }];
    rota['user:default/ada'] = [
      { ref: 'user:default/ben', reason: 'Ben is away' },
    ];
    for (const name of ['erin', 'ada']) {
      expect((await approve(name, asked)).status).toBe(403);
    }
    await expect(requestOf(asked.id)).resolves.toMatchObject({ votes: [] });
  });

  it('does not count twice by standing in for two', async () => {
    const { ask, approve } = await start(2);
    const asked = await ask();
    rota[erin] = [
      { ref: 'user:default/ben', reason: 'Ben is away' },
      { ref: 'user:default/cleo', reason: 'Cleo is away' },
    ];
    expect((await approve('erin', asked)).body.state).toBe('pending');
    expect((await approve('erin', asked)).status).toBe(403);
  });

  it('cannot be found out while the source is down: nobody votes, nothing is lost', async () => {
    const { ask, approve, post } = await start();
    const asked = await ask();
    rota.down = [];
    expect((await approve('ben', asked)).status).toBeGreaterThanOrEqual(500);
    rota = {};
    expect((await approve('ben', asked)).body.state).toBe('executed');
    expect(
      (await post('ada', `${APPROVALS}/${asked.id}/withdraw`)).status,
    ).toBe(409);
  });
});
