import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import { eventually } from '../__testUtils__/testPortal';
import { Cluster } from './Cluster';

jest.setTimeout(60_000);

const LEASES = { group: 'coordination.k8s.io', resource: 'leases' };
const ARGO = 'argo-rollouts-controller-lock';

describe('a cluster in trouble', () => {
  let server: TestCluster;
  let cluster: Cluster | undefined;

  beforeAll(async () => {
    server = await startTestCluster();
    server.createRollout(canary());
  });
  afterEach(async () => {
    await cluster?.stop();
    server.controls.setFaults(undefined);
  });
  afterAll(() => server.stop());

  function start(controller: 'argo' | 'auto' = 'argo') {
    const started = new Cluster({
      definition: {
        name: 'local',
        controller,
        connection: { kind: 'kubeconfig', file: server.kubeconfigFile },
      },
      metrics: { allowedOrigins: [], onlyAllowed: true, allowInsecure: false },
      clock: systemClock,
      logger: mockServices.logger.mock(),
      onRolloutChange: () => {},
      onHealthChange: () => {},
    });
    cluster = started;
    started.start();
    return started;
  }

  it('is partial when a kind is forbidden, names it and shows the rest', async () => {
    server.controls.setFaults(({ resource }) =>
      resource === 'pods' ? { kind: 'fail', status: 403 } : undefined,
    );
    const started = start();

    const view = await eventually(
      async () => started.view,
      ({ state }) => state !== 'connecting',
    );

    expect(view).toMatchObject({
      state: 'partial',
      missing: ['pods'],
      rollouts: 1,
      remedy: expect.stringContaining('list and watch on pods'),
    });
  });

  it('says that its token is refused, and is ready again with a good one', async () => {
    server.controls.setFaults(() => ({ kind: 'fail', status: 401 }));
    const started = start();
    const refused = await eventually(
      async () => started.view,
      ({ state }) => state !== 'connecting',
    );

    server.controls.setFaults(undefined);
    await eventually(
      async () => started.view.state,
      state => state === 'ready',
      30_000,
    );

    expect(refused).toMatchObject({
      state: 'unreachable',
      message: expect.stringContaining('refuses the credentials'),
      remedy: expect.stringContaining('Renew the token'),
    });
  });

  it('in auto mode is left alone, and says why, while it cannot know whether Argo Rollouts acts', async () => {
    server.controls.setFaults(({ resource, verb }) =>
      resource === 'leases' && verb === 'list'
        ? { kind: 'fail', status: 403 }
        : undefined,
    );
    const started = start('auto');

    const view = await eventually(
      async () => started.view.controller,
      ({ message }) => message?.includes('not known') ?? false,
      30_000,
    );

    expect(view).toMatchObject({
      acting: 'none',
      message: expect.stringContaining('list leases in all namespaces'),
    });
  });

  it('in auto mode is left to Argo Rollouts while it renews its lease, and no longer', async () => {
    const renew = () => ({
      spec: {
        holderIdentity: 'argo-1',
        leaseDurationSeconds: 2,
        renewTime: new Date().toISOString().replace('Z', '000Z'),
      },
    });
    server.api.create(LEASES, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: ARGO, namespace: 'demo' },
      ...renew(),
    });
    const renewing = setInterval(
      () => server.api.patch(LEASES, 'demo', ARGO, renew(), { type: 'merge' }),
      250,
    );
    try {
      const started = start('auto');
      const acting = () =>
        eventually(
          async () => started.view.controller,
          controller => controller.acting !== 'none',
          30_000,
        );
      expect((await acting()).acting).toBe('argo');

      clearInterval(renewing);
      await eventually(
        async () => started.view.controller,
        controller =>
          controller.acting === 'embedded' && controller.message === undefined,
        30_000,
      );
    } finally {
      clearInterval(renewing);
    }
  });
});
