import request from 'supertest';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { startTestCluster } from '../__testUtils__/testCluster';
import { ada, eventually, startTestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(60_000);

it('tells the owners, once, that analysis has rolled their rollout back', async () => {
  const cluster = await startTestCluster();
  cluster.createRollout(canary());
  const portal = await startTestPortal({
    clusters: [{ name: 'local', cluster }],
    rollouts: { app: { entityTabPath: '/deploy' } },
  });
  await eventually(
    async () =>
      (
        await request(portal.server)
          .get('/api/rollouts/v1/entities/component/default/colors/rollouts')
          .set('Authorization', ada)
      ).body,
    (body: EntityRolloutsResponse) => body.rollouts?.length > 0,
  );
  const write = (status: object) =>
    cluster.api.patch(
      { group: 'argoproj.io', resource: 'rollouts' },
      'demo',
      'colors',
      { status },
      { type: 'merge', subresource: 'status' },
    );

  write({
    abort: true,
    abortedAt: '2026-11-26T10:00:00Z',
    pauseConditions: null,
    conditions: [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'RolloutAborted',
        lastUpdateTime: '2026-11-26T10:00:00Z',
        lastTransitionTime: '2026-11-26T10:00:00Z',
        message:
          'Rollout aborted update to revision 2: Step-based analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (3) > failureLimit (2)',
      },
    ],
  });
  const told = await eventually(
    async () => portal.notifications,
    notifications => notifications.length > 0,
  );
  write({ message: 'RolloutAborted' });
  await portal.stop();
  await cluster.stop();

  expect(told).toEqual([
    {
      recipients: {
        type: 'entity',
        entityRef: ['group:default/palette'],
        excludeEntityRef: [],
      },
      payload: expect.objectContaining({
        title: 'Rolled back: demo/colors',
        topic: 'rolled-back',
        severity: 'high',
        link: '/catalog/default/component/colors/deploy?rollout=local%2Fdemo%2Fcolors',
        description: expect.stringContaining('Rolled back to'),
      }),
    },
  ]);
});
