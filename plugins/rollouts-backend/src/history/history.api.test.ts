import request from 'supertest';
import type {
  Release,
  ReleasePage,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import {
  ada,
  eventually,
  startTestPortal,
  type TestPortalOptions,
} from '../__testUtils__/testPortal';

jest.setTimeout(60_000);

const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };
const RELEASES = '/api/rollouts/v1/history/releases';

describe('the history over HTTP', () => {
  let cluster: TestCluster;
  let stopPortal: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    cluster = await startTestCluster();
  });
  afterEach(async () => {
    await stopPortal?.();
    stopPortal = undefined;
    cluster.removeRollouts();
  });
  afterAll(() => cluster.stop());

  async function startPortal(options: Partial<TestPortalOptions> = {}) {
    const portal = await startTestPortal({
      clusters: [{ name: 'local', cluster }],
      ...options,
    });
    stopPortal = () => portal.stop();
    const get = (path: string) =>
      request(portal.server).get(path).set('Authorization', ada);
    const post = (path: string, body: object) =>
      request(portal.server).post(path).set('Authorization', ada).send(body);
    const releases = async (query = ''): Promise<ReleaseSummary[]> =>
      ((await get(`${RELEASES}${query}`)).body as ReleasePage).items ?? [];
    /** The newest release, once it is as it should be. */
    const newest = async (is: (release: Release) => boolean) => {
      const found = await eventually(
        async () => {
          const [first] = await releases();
          return (
            first && ((await get(`${RELEASES}/${first.id}`)).body as Release)
          );
        },
        release => release !== undefined && is(release),
      );
      return found as Release;
    };
    return { ...portal, get, post, releases, newest };
  }

  function setStatus(status: object) {
    cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      { status },
      {
        type: 'merge',
        subresource: 'status',
      },
    );
  }

  it('keeps a release from its begin to its end, after the object is gone', async () => {
    const { get, releases, newest } = await startPortal();
    await eventually(
      async () => (await get('/api/rollouts/v1/clusters')).body.items,
      items => items?.[0]?.state === 'ready',
    );
    cluster.createRollout(canary());
    await newest(({ steps }) => steps[1]?.state === 'current');
    setStatus({
      pauseConditions: null,
      controllerPause: false,
      currentStepIndex: 3,
    });
    await newest(({ steps }) => steps[3]?.state === 'current');
    setStatus({ stableRS: 'green', currentStepIndex: 4 });
    const done = await newest(({ outcome }) => outcome === 'completed');
    cluster.removeRollouts();
    await eventually(
      async () => (await get('/api/rollouts/v1/rollouts')).body.items,
      items => items?.length === 0,
    );

    const [kept] = await releases('?entity=colors');
    expect(kept).toMatchObject({
      id: done.id,
      ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
      entityRefs: ['component:default/colors'],
      podHash: 'green',
      outcome: 'completed',
      step: { reached: 4, count: 4 },
      images: [{ container: 'app', to: 'demo/colors:green' }],
      gaps: false,
    });
    expect(done.pauses).toMatchObject([
      { reason: 'CanaryPauseStep', stepIndex: 1, endedBy: { kind: 'outside' } },
    ]);
    expect(done.steps.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'done',
    ]);
  });

  it('says who aborted, in whose words', async () => {
    cluster.createRollout(canary());
    const { post, newest } = await startPortal();
    await newest(({ outcome }) => outcome === 'in-progress');
    const { metadata, status } = cluster.rollout('colors');

    await post('/api/rollouts/v1/rollouts/local/demo/colors/actions/abort', {
      idempotencyKey: 'key-0000-history-1',
      reason: 'too slow',
      seen: {
        uid: metadata.uid,
        generation: metadata.generation,
        podHash: status?.currentPodHash,
        stepIndex: status?.currentStepIndex,
      },
    });

    const release = await newest(({ endedBy }) => endedBy !== undefined);
    expect(release).toMatchObject({
      outcome: 'aborted',
      cause: 'person',
      endedBy: 'user:default/ada',
      reason: 'too slow',
      people: ['user:default/ada'],
      actions: [
        { action: 'abort', by: 'user:default/ada', outcome: 'applied' },
      ],
      gaps: true,
      gapsIn: [{ cause: 'first-seen' }],
    });
  });
});
