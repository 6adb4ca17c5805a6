import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type {
  Release,
  ReleasePage,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { startSqlite, type TestDatabase } from '../__testUtils__/testDatabases';
import {
  eventually,
  type TestPortalOptions,
} from '../__testUtils__/testPortal';
import { withPortals } from '../__testUtils__/withPortals';

jest.setTimeout(60_000);

const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };
const RELEASES = '/api/rollouts/v1/history/releases';

describe('the history over HTTP', () => {
  const portals = withPortals();

  async function startPortal(options: Partial<TestPortalOptions> = {}) {
    const portal = await portals.start(options);
    const { get } = portal;
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
    return { ...portal, releases, newest };
  }

  function setStatus(status: object) {
    portals.cluster.api.patch(
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

  it('can be verified by who has the permission', async () => {
    const verification = '/api/rollouts/v1/history/verification';
    const { get, newest } = await startPortal();
    portals.cluster.createRollout(canary());
    await newest(({ steps }) => steps.length > 0);
    expect((await get(verification)).body).toMatchObject({
      streams: 1,
      entries: expect.any(Number),
      problemCount: 0,
      ends: [{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    await portals.stop();
    const other = await startPortal({
      allow: name => name !== 'rollouts.history.verify',
    });
    const refused = await other.get(verification);
    expect(refused.status).toBe(403);
  });

  it('keeps a release from its begin to its end, after the object is gone', async () => {
    const { get, releases, newest } = await startPortal();
    await eventually(
      async () => (await get('/api/rollouts/v1/clusters')).body.items,
      items => items?.[0]?.state === 'ready',
    );
    portals.cluster.createRollout(canary());
    await newest(({ steps }) => steps[1]?.state === 'current');
    setStatus({
      pauseConditions: null,
      controllerPause: false,
      currentStepIndex: 3,
    });
    await newest(({ steps }) => steps[3]?.state === 'current');
    setStatus({ stableRS: 'green', currentStepIndex: 4 });
    const done = await newest(({ outcome }) => outcome === 'completed');
    portals.cluster.removeRollouts();
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
    portals.cluster.createRollout(canary());
    const { get, post, newest, releases } = await startPortal();
    await newest(({ outcome }) => outcome === 'in-progress');
    const { metadata, status } = portals.cluster.rollout('colors');

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

    // As people write a name, and in files.
    expect(await releases('?person=ada')).toHaveLength(1);
    expect(await releases('?person=ben')).toEqual([]);
    const exported = (format: string, query = '') =>
      get(`/api/rollouts/v1/history/export?format=${format}${query}`);
    const csv = await exported('csv');
    expect(csv.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/csv/),
      'content-disposition': 'attachment; filename="releases.csv"',
    });
    expect(csv.text.split('\r\n')).toEqual([
      expect.stringMatching(/^id,cluster,namespace,rollout,/),
      expect.stringMatching(/,aborted,person,too slow,/),
      '',
    ]);
    expect((await exported('json')).body).toMatchObject([
      { id: release.id, actions: [{ action: 'abort' }] },
    ]);
    expect((await exported('json', '&person=ben')).body).toEqual([]);
  });

  it('shows nobody what they may not see', async () => {
    portals.cluster.createRollout(canary());
    const { releases } = await startPortal();
    const [release] = await eventually(releases, found => found.length > 0);
    await portals.stop();

    const database = await startSqlite();
    const { get, releases: others } = await startPortal({
      features: [databaseOf(database)],
      allow: () => false,
    });
    await eventually(
      async () => database.knex('rollouts_history_releases').catch(() => []),
      rows => rows.length > 0,
    );
    expect(await others()).toEqual([]);
    expect((await get(`${RELEASES}?entity=colors`)).status).toBe(403);
    const id = release?.id ?? '';
    const comparison = `/api/rollouts/v1/history/comparison?from=${id}&to=${id}`;
    expect((await get(`${RELEASES}/${id}`)).status).toBe(404);
    expect((await get(comparison)).status).toBe(404);
    const exported = await get('/api/rollouts/v1/history/export?format=json');
    expect(exported.body).toEqual([]);
    const measures = await get('/api/rollouts/v1/history/measures');
    expect(measures.body).toMatchObject({ ended: 0 });
    await portals.stop();
    await database.stop();
  });

  it('marks what happened while the portal was down, and goes on', async () => {
    const database = await startSqlite();
    const features = [databaseOf(database)];
    portals.cluster.createRollout(canary());
    portals.cluster.createRollout(
      canary({ name: 'other', kubernetesId: 'colors' }),
    );
    const first = await startPortal({ features });
    await eventually(first.releases, found => found.length === 2);
    await eventually(
      async () => database.knex('rollouts_history_watches'),
      rows => rows.length > 0,
    );
    await portals.stop();

    setStatus({ currentStepIndex: 3, pauseConditions: null });
    portals.cluster.api.delete(ROLLOUTS, 'demo', 'other');

    const { get, releases } = await startPortal({ features });
    const after = await eventually(releases, found =>
      found.some(({ outcome }) => outcome === 'deleted'),
    );
    const colors = await eventually(
      async () => {
        const id = after.find(({ ref }) => ref.name === 'colors')?.id;
        return (await get(`${RELEASES}/${id}`)).body as Release;
      },
      release => release.steps[3]?.state === 'current',
    );
    expect(after).toHaveLength(2);
    expect(colors.gapsIn.map(({ cause }) => cause)).toEqual([
      'first-seen',
      'portal-down',
    ]);
    expect(colors.gapsIn[1]?.from).toEqual(expect.any(String));
    expect(
      colors.steps.map(({ state, unobserved }) => [state, unobserved]),
    ).toEqual([
      ['done', true],
      ['done', true],
      ['done', true],
      ['current', true],
    ]);
    await portals.stop();
    await database.stop();
  });

  it.each([
    ['?outcome=completed', 200],
    ['?outcome=completed&outcome=aborted', 200],
    ['?outcome=lost', 400],
    ['?from=yesterday', 400],
    ['?cursor=nonsense', 400],
    ['?limit=0', 400],
    ['?entity=a:b:c', 400],
    ['?colour=red', 400],
  ])('answers a list with %s by %i', async (query, status) => {
    const { get } = await startPortal();
    await eventually(
      async () => (await get(RELEASES)).status,
      answer => answer === 200,
    );
    expect((await get(`${RELEASES}${query}`)).status).toBe(status);
  });
});

function databaseOf({ knex }: TestDatabase) {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: () => ({ getClient: async () => knex }),
  });
}
