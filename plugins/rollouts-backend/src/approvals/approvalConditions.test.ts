import {
  ROLLOUTS,
  startApprovals,
  twoOfOwners,
} from '../__testUtils__/approvalsPortal';
import { eventually } from '../__testUtils__/testPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(90_000);

const RUNS = { group: 'argoproj.io', resource: 'analysisruns' };

describe('an approval whose last vote acts', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  afterEach(async () => {
    await world.stopPortal();
    for (const { metadata } of world.cluster.api.list(RUNS)) {
      world.cluster.api.delete(RUNS, metadata.namespace, metadata.name);
    }
  });
  afterAll(() => world.stop());

  /** Seen by the controller at once. */
  function writeSpec(spec: object) {
    world.cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      { spec },
      { type: 'merge' },
    );
    const { generation } = world.cluster.rollout('colors').metadata;
    world.writeStatus({ observedGeneration: String(generation) });
  }

  /** An analysis of the new version that has measured so many requests. */
  function measure(requests: number) {
    const { metadata } = world.cluster.rollout('colors');
    const [known] = world.cluster.api.list(RUNS);
    const name = known?.metadata.name ?? 'colors-green-2-1';
    if (!known) {
      world.cluster.api.create(RUNS, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisRun',
        metadata: {
          name,
          namespace: 'demo',
          labels: { 'rollouts-pod-template-hash': 'green' },
          ownerReferences: [
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'Rollout',
              name: 'colors',
              uid: metadata.uid ?? '',
              controller: true,
            },
          ],
        },
        spec: { metrics: [{ name: 'requests', provider: {} }] },
      });
    }
    const measurement = {
      phase: 'Successful',
      value: String(requests),
      startedAt: '2026-11-01T10:00:00Z',
      finishedAt: '2026-11-01T10:00:00Z',
    };
    world.cluster.api.patch(
      RUNS,
      'demo',
      name,
      {
        status: {
          phase: 'Running',
          metricResults: [
            {
              name: 'requests',
              phase: 'Running',
              successful: 1,
              measurements: [measurement],
            },
          ],
        },
      },
      { type: 'merge', subresource: 'status' },
    );
  }

  it('waits for the requests that a policy asks for, then is carried out by itself', async () => {
    const { ask, approve, requestOf, notifications } = await world.start([
      {
        ...twoOfOwners,
        conditions: { minimumRequests: { metric: 'requests', count: 500 } },
      },
    ]);
    measure(312);
    const asked = await ask();
    await approve('ben', asked);
    const last = await approve('cleo', asked);
    expect(last.body.state).toBe('approved');
    expect(last.body.notice).toMatch(/carried out by itself/);
    expect(world.isPaused()).toBe(true);

    measure(512);

    await expect(
      eventually(
        () => requestOf(asked.id),
        ({ state }) => state === 'executed',
      ),
    ).resolves.toMatchObject({ execution: { by: 'user:default/cleo' } });
    expect(world.isPaused()).toBe(false);
    await eventually(
      async () => notifications.map(({ payload }) => payload.title),
      titles => titles.some(title => /not carried out yet/.test(title)),
    );
  });

  it('waits for the time at the step, then is carried out by itself', async () => {
    const { ask, approve, requestOf } = await world.start([
      { ...twoOfOwners, conditions: { minimumStepTime: '6s' } },
    ]);
    const asked = await ask();
    await approve('ben', asked);
    const startTime = `${new Date().toISOString().slice(0, 19)}Z`;
    world.writeStatus({
      pauseConditions: [{ reason: 'CanaryPauseStep', startTime }],
    });
    await eventually(
      () => requestOf(asked.id),
      ({ requirements: [first] }) => first?.conditions[0]?.met === false,
    );
    expect((await approve('cleo', asked)).body.state).toBe('approved');
    await eventually(
      () => requestOf(asked.id),
      ({ state }) => state === 'executed',
      30_000,
    );
  });

  it('asks for the rights of who gave it once more when the condition is met', async () => {
    const rights = { promote: true };
    const { ask, approve, requestOf, auditEvents } = await world.start(
      [
        {
          ...twoOfOwners,
          conditions: { minimumRequests: { metric: 'requests', count: 900 } },
        },
      ],
      { allow: name => rights.promote || name !== 'rollouts.promote' },
    );
    measure(100);
    const asked = await ask();
    await approve('ben', asked);
    await approve('cleo', asked);
    rights.promote = false;

    measure(1_000);

    await eventually(
      async () => auditEvents.filter(({ ended }) => ended === 'fail'),
      failed => failed.length > 0,
    );
    await expect(requestOf(asked.id)).resolves.toMatchObject({
      state: 'approved',
    });
    expect(world.isPaused()).toBe(true);
  });

  it('is not void when an autoscaler writes replicas; votes by what is seen then count too', async () => {
    const { ask, approve, post, requestOf } = await world.start();
    const asked = await ask();
    await approve('ben', asked);
    writeSpec({ replicas: 9 });
    expect(world.seen().generation).toBe(asked.bound.generation + 1);
    const last = await eventually(
      () =>
        post('cleo', `/api/rollouts/v1/approvals/${asked.id}/approve`, {
          seen: world.seen(),
        }),
      // Until this portal has seen it too.
      ({ status }) => status === 200,
    );
    expect(last.body.state).toBe('executed');
    await expect(requestOf(asked.id)).resolves.toMatchObject({
      bound: { generation: asked.bound.generation },
    });
  });

  it('is void when anything else in the manifest is another', async () => {
    const { ask, requestOf } = await world.start();
    const asked = await ask();
    writeSpec({ replicas: 9, progressDeadlineSeconds: 5 });
    await expect(
      eventually(
        () => requestOf(asked.id),
        ({ state }) => state !== 'pending',
      ),
    ).resolves.toMatchObject({
      state: 'voided',
      stateReason: expect.stringContaining('manifest was changed'),
    });
  });
});
