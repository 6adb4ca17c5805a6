import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type {
  ApprovalRequestDetail,
  EntityRolloutsResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import request from 'supertest';
import { people, twoOfOwners } from '../__testUtils__/approvalsPortal';
import { as } from '../__testUtils__/people';
import { canary } from '../__testUtils__/rollouts';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import { startPostgres, type TestServer } from '../__testUtils__/testDatabases';
import {
  component,
  eventually,
  startTestPortal,
} from '../__testUtils__/testPortal';

// Making a cluster's keys and a database takes seconds on a busy machine.
jest.setTimeout(240_000);

const PREFIX = '/api/rollouts/v1';
const COLORS = `${PREFIX}/rollouts/local/demo/colors`;

type Portal = Awaited<ReturnType<typeof startTestPortal>>;

describe('two backends on one database', () => {
  let database: TestServer;
  let cluster: TestCluster;
  let portals: [Portal, Portal];
  let onApproval: 'act' | 'unlock';
  let keys = 0;

  beforeAll(async () => {
    [database, cluster] = await Promise.all([
      startPostgres(),
      startTestCluster(),
    ]);
  });
  afterEach(async () => {
    await Promise.all((portals ?? []).map(portal => portal.stop()));
    cluster.removeRollouts();
    await database.knex.raw('drop schema public cascade; create schema public');
  });
  afterAll(async () => {
    await cluster?.stop();
    await database?.stop();
  });

  /** With a pool of its own, as another process has. */
  function startOne(): Promise<Portal> {
    return startTestPortal({
      clusters: [{ name: 'local', cluster }],
      entities: [component('colors'), ...people],
      rollouts: { approvals: { policies: [{ ...twoOfOwners, onApproval }] } },
      features: [
        createServiceFactory({
          service: coreServices.database,
          deps: { lifecycle: coreServices.rootLifecycle },
          factory({ lifecycle }) {
            const knex = database.connect();
            lifecycle.addShutdownHook(() => knex.destroy());
            return { getClient: async () => knex };
          },
        }),
      ],
    });
  }

  async function start(policy: typeof onApproval) {
    onApproval = policy;
    cluster.createRollout(canary());
    portals = [await startOne(), await startOne()];
    for (const { server } of portals) {
      await eventually(
        async () =>
          (
            await request(server)
              .get(`${PREFIX}/entities/component/default/colors/rollouts`)
              .set('Authorization', as('ada'))
          ).body,
        (body: EntityRolloutsResponse) =>
          body.rollouts?.length > 0 &&
          body.clusters.every(({ state }) => state === 'ready'),
        30_000,
      );
      // The tables are made meanwhile; until they are there it is 503.
      await eventually(
        async () =>
          (
            await request(server)
              .get(`${PREFIX}/approvals/none`)
              .set('Authorization', as('ada'))
          ).status,
        status => status === 404,
        30_000,
      );
    }
  }

  const seen = () => {
    const { metadata, status } = cluster.rollout('colors');
    return {
      uid: metadata.uid,
      generation: metadata.generation,
      podHash: status?.currentPodHash,
      stepIndex: status?.currentStepIndex,
    };
  };
  const post = (at: number, name: string, path: string, body: object) =>
    request(portals[at % 2]!.server)
      .post(path)
      .set('Authorization', as(name))
      .send(body);
  const ask = (at: number, name = 'ada') =>
    post(at, name, `${COLORS}/approvals`, {
      idempotencyKey: `key-00000000-${(keys += 1)}`,
      seen: seen(),
      action: 'promote',
    });
  const vote = (at: number, name: string, asked: ApprovalRequestDetail) =>
    post(at, name, `${PREFIX}/approvals/${asked.id}/approve`, {
      seen: asked.bound,
    });
  const statuses = (answers: { status: number }[]) =>
    answers.map(({ status }) => status).sort((a, b) => a - b);
  const of = async (id: string, at = 0): Promise<ApprovalRequestDetail> =>
    (
      await request(portals[at]!.server)
        .get(`${PREFIX}/approvals/${id}`)
        .set('Authorization', as('ada'))
    ).body;

  it('open one request when two ask at once', async () => {
    await start('act');
    const answers = await Promise.all([ask(0), ask(1, 'ben')]);
    expect(statuses(answers)).toEqual([201, 409]);
  });

  it('count one vote of each, however many are sent to both, and act once', async () => {
    await start('act');
    const asked = (await ask(0)).body as ApprovalRequestDetail;

    const answers = await Promise.all(
      ['ben', 'cleo', 'dora', 'ada'].flatMap((name, index) =>
        [0, 1, 2, 3].map(nth => vote(index + nth, name, asked)),
      ),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    const states = answers
      .filter(({ status }) => status === 200)
      .map(({ body }) => body.state);
    expect(states.sort()).toEqual(['executed', 'pending']);
    const after = await of(asked.id);
    expect(after.state).toBe('executed');
    expect(new Set(after.votes.map(({ by }) => by)).size).toBe(2);
    expect(after.votes.map(({ by }) => by)).not.toContain('user:default/ada');
    const facts = await database
      .knex('rollouts_approval_facts')
      .where({ kind: 'executed' });
    expect(facts).toHaveLength(1);
    const actions = await database.knex('rollouts_actions');
    expect(actions).toHaveLength(1);
  });

  it('let an approval be used once by those who press at once', async () => {
    await start('unlock');
    const asked = (await ask(0)).body as ApprovalRequestDetail;
    await vote(0, 'ben', asked);
    await vote(1, 'cleo', asked);
    const press = seen();

    const answers = await Promise.all(
      [0, 1, 0, 1].map((at, nth) =>
        post(
          at,
          ['ada', 'ben', 'cleo', 'dora'][nth]!,
          `${COLORS}/actions/promote`,
          {
            idempotencyKey: `key-00000000-${(keys += 1)}`,
            seen: press,
          },
        ),
      ),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await of(asked.id)).state).toBe('executed');
  });

  it('show each other’s votes', async () => {
    await start('act');
    const asked = (await ask(0)).body as ApprovalRequestDetail;
    await vote(0, 'ben', asked);
    const locks = async () => {
      const { body } = await request(portals[1]!.server)
        .get(COLORS)
        .set('Authorization', as('cleo'));
      return JSON.stringify(body.rollout.actions);
    };
    await expect(
      eventually(locks, text => text.includes('1 of 2 given'), 20_000),
    ).resolves.toBeDefined();
  });
});
