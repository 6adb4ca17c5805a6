import { mockServices } from '@backstage/backend-test-utils';
import type { RolloutAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { systemClock, type Clock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import { eventually } from '../__testUtils__/testPortal';
import { Cluster } from '../clusters/Cluster';
import { ActionExecutor } from './ActionExecutor';

jest.setTimeout(60_000);

const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };

describe('an action on a cluster', () => {
  let server: TestCluster;
  let cluster: Cluster;

  beforeAll(async () => {
    server = await startTestCluster();
    cluster = new Cluster({
      definition: {
        name: 'local',
        controller: 'argo',
        connection: { kind: 'kubeconfig', file: server.kubeconfigFile },
      },
      metrics: { allowedOrigins: [], onlyAllowed: true, allowInsecure: false },
      clock: systemClock,
      logger: mockServices.logger.mock(),
      onRolloutChange: () => {},
      onHealthChange: () => {},
    });
    cluster.start();
  });
  beforeEach(async () => {
    server.createRollout(canary());
    await eventually(
      async () => cluster.mirror?.stores.rollouts.size,
      size => size === 1,
    );
  });
  afterEach(() => server.removeRollouts());
  afterAll(async () => {
    await cluster.stop();
    await server.stop();
  });

  /** Whoever waits on this clock waits no time, and meanwhile the controller works. */
  function whileWaiting(controller: () => void): Clock {
    return {
      ...systemClock,
      after(_, callback) {
        controller();
        return systemClock.after(0, callback);
      },
    };
  }

  function writeStatus(status: object) {
    server.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      { status },
      { type: 'merge', subresource: 'status' },
    );
  }

  function act(action: RolloutAction, clock: Clock) {
    const { metadata, status } = server.rollout('colors');
    return new ActionExecutor(clock).execute({
      id: 'a1',
      cluster,
      ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
      action,
      decidedAt: systemClock.now(),
      request: {
        idempotencyKey: 'one-decision',
        seen: {
          uid: metadata.uid ?? '',
          generation: metadata.generation ?? 0,
          podHash: status?.currentPodHash,
          stepIndex: status?.currentStepIndex,
        },
      },
    });
  }

  it('full promotion is sent again when the controller has overwritten it', async () => {
    let sent = 0;
    const controller = () => {
      if (server.rollout('colors').status?.promoteFull) {
        sent += 1;
        writeStatus(
          sent === 1 ? { promoteFull: null } : { currentStepIndex: 4 },
        );
      }
    };

    const { outcome } = await act('promote-full', whileWaiting(controller));

    expect({ outcome, sent }).toEqual({ outcome: 'applied', sent: 2 });
    expect(server.rollout('colors').status?.promoteFull).toBe(true);
  });

  it('full promotion is not sent again over an abort', async () => {
    let aborted = false;
    const controller = () => {
      if (!aborted && server.rollout('colors').status?.promoteFull) {
        aborted = true;
        writeStatus({ promoteFull: null, abort: true });
      }
    };

    const { outcome } = await act('promote-full', whileWaiting(controller));

    expect(outcome).toBe('sent');
    expect(server.rollout('colors').status).toMatchObject({ abort: true });
    expect(server.rollout('colors').status?.promoteFull).toBeUndefined();
  });

  it('is called sent, not applied, when no controller acts on it', async () => {
    const { outcome, message } = await act(
      'promote-full',
      whileWaiting(() => {}),
    );
    expect(outcome).toBe('sent');
    expect(message).toContain('has not shown it yet');
  });

  it('is decided again when somebody wrote in between', async () => {
    let patches = 0;
    server.controls.setFaults(({ verb }) => {
      patches += verb === 'patch' ? 1 : 0;
      return verb === 'patch' && patches === 1
        ? { kind: 'fail', status: 409 }
        : undefined;
    });

    const { outcome } = await act('abort', systemClock);

    server.controls.setFaults(undefined);
    expect({ outcome, patches }).toEqual({ outcome: 'applied', patches: 2 });
    expect(server.rollout('colors').status?.abort).toBe(true);
  });

  it('goes to the object itself where the kind has no /status', async () => {
    const patched: (string | undefined)[] = [];
    server.controls.setFaults(({ verb, subresource }) => {
      if (verb !== 'patch') {
        return undefined;
      }
      patched.push(subresource);
      return subresource === 'status'
        ? { kind: 'fail', status: 404 }
        : undefined;
    });

    await act('abort', systemClock);

    server.controls.setFaults(undefined);
    expect(patched).toEqual(['status', undefined]);
  });

  it('is called sent when the mirror has not seen it', async () => {
    const rollouts = cluster.mirror?.stores.rollouts;
    const waitFor = jest.spyOn(rollouts!, 'waitFor').mockResolvedValue(false);

    const { outcome } = await act('abort', systemClock);

    waitFor.mockRestore();
    expect(outcome).toBe('sent');
    expect(server.rollout('colors').status?.abort).toBe(true);
  });
});
