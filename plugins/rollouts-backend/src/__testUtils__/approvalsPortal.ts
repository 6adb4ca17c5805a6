import type {
  ApprovalRequestDetail,
  CreateApprovalRequest,
  EntityRolloutsResponse,
  SeenState,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import request from 'supertest';
import { as, group, user } from './people';
import { canary } from './rollouts';
import { startTestCluster, type TestCluster } from './testCluster';
import {
  component,
  eventually,
  startTestPortal,
  type TestPortalOptions,
} from './testPortal';

export const COLORS = '/api/rollouts/v1/rollouts/local/demo/colors';
export const APPROVALS = '/api/rollouts/v1/approvals';
export const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };
const ENTITY = '/api/rollouts/v1/entities/component/default/colors';

/** Ada, Ben, Cleo and Dora own colors with team palette; Grace is in harbor. */
export const people = [
  group('palette'),
  group('harbor'),
  user('ada', 'palette'),
  user('ben', 'palette'),
  user('cleo', 'palette'),
  user('dora', 'palette'),
  user('grace', 'harbor'),
];

export const twoOfOwners = {
  name: 'two-of-owners',
  title: 'Two of the owners',
  count: 2,
  onApproval: 'act',
};

export type ApprovalsPortal = Awaited<
  ReturnType<Awaited<ReturnType<typeof startApprovals>>['start']>
>;

/** A cluster with the rollout colors at its first pause, and portals with policies. */
export async function startApprovals() {
  const cluster: TestCluster = await startTestCluster();
  let stopPortal: (() => Promise<void>) | undefined;
  let keys = 0;

  function seen(): SeenState {
    const { metadata, status } = cluster.rollout('colors');
    return {
      uid: metadata.uid ?? '',
      generation: metadata.generation ?? 0,
      podHash: status?.currentPodHash,
      stepIndex: status?.currentStepIndex,
    };
  }

  const key = () => `key-00000000-${(keys += 1)}`;

  async function start(
    policies: object[] = [twoOfOwners],
    options: Partial<TestPortalOptions> & {
      rollout?: Parameters<typeof canary>[0];
      annotations?: Record<string, string>;
    } = {},
  ) {
    const { rollout, annotations, ...rest } = options;
    cluster.createRollout(canary(rollout));
    const portal = await startTestPortal({
      clusters: [{ name: 'local', cluster }],
      entities: [component('colors', annotations), ...people],
      rollouts: JSON.parse(JSON.stringify({ approvals: { policies } })),
      ...rest,
    });
    stopPortal = () => portal.stop();
    const get = (path: string, name = 'ada') =>
      request(portal.server).get(path).set('Authorization', as(name));
    const send = (authorization: string, path: string, body: object = {}) =>
      request(portal.server)
        .post(path)
        .set('Authorization', authorization)
        .send(body);
    const post = (name: string, path: string, body: object = {}) =>
      send(as(name), path, body);
    await eventually(
      async () => (await get(`${ENTITY}/rollouts`)).body,
      (body: EntityRolloutsResponse) =>
        body.rollouts?.length > 0 &&
        body.clusters.every(({ state }) => state === 'ready'),
    );

    async function ask(
      name = 'ada',
      change: Partial<CreateApprovalRequest> = {},
    ): Promise<ApprovalRequestDetail> {
      const answer = await post(name, `${COLORS}/approvals`, {
        idempotencyKey: key(),
        seen: seen(),
        action: 'promote',
        reason: 'the numbers are good',
        ...change,
      });
      if (answer.status !== 201) {
        throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer.body;
    }

    const approve = (name: string, { id, bound }: ApprovalRequestDetail) =>
      post(name, `${APPROVALS}/${id}/approve`, { seen: bound });
    const promote = (name: string, change: object = {}) =>
      post(name, `${COLORS}/actions/promote`, {
        idempotencyKey: key(),
        seen: seen(),
        ...change,
      });
    const locks = async (action = 'promote') => {
      const { body } = await get(COLORS);
      return body.rollout.actions.find(
        (each: { action: string }) => each.action === action,
      ).locks;
    };
    const requestOf = async (id: string): Promise<ApprovalRequestDetail> =>
      (await get(`${APPROVALS}/${id}`)).body;
    return {
      ...portal,
      get,
      post,
      send,
      ask,
      approve,
      promote,
      locks,
      requestOf,
    };
  }

  return {
    cluster,
    seen,
    key,
    start,
    /** As the controller would. */
    writeStatus: (status: object) =>
      cluster.api.patch(
        ROLLOUTS,
        'demo',
        'colors',
        { status },
        {
          type: 'merge',
          subresource: 'status',
        },
      ),
    isPaused: () =>
      (cluster.rollout('colors').status?.pauseConditions?.length ?? 0) > 0,
    async stopPortal() {
      await stopPortal?.();
      stopPortal = undefined;
      cluster.removeRollouts();
    },
    stop: () => cluster.stop(),
  };
}
