import request from 'supertest';
import type {
  Release,
  ReleasePage,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import { ada, eventually, startTestPortal } from '../__testUtils__/testPortal';

// Pods and a Job live their lives here.
jest.setTimeout(180_000);

const HISTORY = '/api/rollouts/v1/history';
const COLORS = '/api/rollouts/v1/rollouts/local/demo/colors';

describe('the history of a rollout that our controller carries out', () => {
  let cluster: TestCluster;
  let portal: Awaited<ReturnType<typeof startTestPortal>>;
  let keys = 0;

  beforeAll(async () => {
    cluster = await startTestCluster({ life: true });
    portal = await startTestPortal({
      clusters: [{ name: 'local', cluster, controller: 'embedded' }],
    });
    cluster.api.create(
      { group: 'argoproj.io', resource: 'analysistemplates' },
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisTemplate',
        metadata: { name: 'smoke', namespace: 'demo' },
        spec: {
          metrics: [
            {
              name: 'smoke',
              provider: {
                job: {
                  spec: {
                    backoffLimit: 0,
                    template: {
                      spec: {
                        restartPolicy: 'Never',
                        containers: [
                          {
                            name: 'test',
                            image: 'demo/test:1',
                            command: ['exit', '1'],
                          },
                        ],
                      },
                    },
                  },
                },
              },
            },
          ],
        },
      },
    );
  });
  afterAll(async () => {
    await portal?.stop();
    await cluster?.stop();
  });

  const get = (path: string) =>
    request(portal.server).get(path).set('Authorization', ada);

  async function newest(is: (release: Release) => boolean): Promise<Release> {
    const found = await eventually(
      async () => {
        const page = (await get(`${HISTORY}/releases?limit=1`))
          .body as ReleasePage;
        const id = page.items?.[0]?.id;
        return id === undefined
          ? undefined
          : ((await get(`${HISTORY}/releases/${id}`)).body as Release);
      },
      release => release !== undefined && is(release),
      90_000,
    );
    return found as Release;
  }

  async function act(action: string, more: object = {}) {
    const { metadata, status } = cluster.rollout('colors');
    keys += 1;
    const answer = await request(portal.server)
      .post(`${COLORS}/actions/${action}`)
      .set('Authorization', ada)
      .send({
        idempotencyKey: `key-0000-local-${keys}`,
        seen: {
          uid: metadata.uid,
          generation: metadata.generation,
          podHash: status?.currentPodHash,
          stepIndex: status?.currentStepIndex,
        },
        ...more,
      });
    expect(answer.body.error).toBeUndefined();
  }

  it('tells of a release that analysis stopped, from the first pod to the last', async () => {
    cluster.createRollout({
      metadata: {
        name: 'colors',
        namespace: 'demo',
        labels: { 'backstage.io/kubernetes-id': 'colors' },
        annotations: {
          'progressive-delivery.io/committed-at': '2026-01-01T00:00:00Z',
        },
      },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'colors' } },
        strategy: {
          canary: {
            abortScaleDownDelaySeconds: 1,
            steps: [
              { setWeight: 50 },
              { pause: {} },
              { analysis: { templates: [{ templateName: 'smoke' }] } },
            ],
          },
        },
        template: {
          metadata: { labels: { app: 'colors' } },
          spec: {
            containers: [
              {
                name: 'app',
                image: 'demo/colors:blue',
                env: [{ name: 'API_TOKEN', value: 'hunter22' }],
              },
            ],
          },
        },
      },
    } as Rollout);
    const first = await newest(({ outcome }) => outcome === 'completed');
    expect(first).toMatchObject({
      revision: 1,
      attempt: 1,
      images: [{ container: 'app', to: 'demo/colors:blue' }],
      committedAt: '2026-01-01T00:00:00.000Z',
      gaps: false,
    });

    await act('set-image', {
      images: [{ container: 'app', image: 'demo/colors:red' }],
    });
    await newest(({ steps }) => steps[1]?.state === 'current');
    await act('promote');
    const stopped = await newest(({ restoredAt }) => restoredAt !== undefined);

    expect(stopped).toMatchObject({
      revision: 2,
      outcome: 'aborted',
      cause: 'analysis',
      startedBy: 'user:default/ada',
      people: ['user:default/ada'],
      images: [
        { container: 'app', from: 'demo/colors:blue', to: 'demo/colors:red' },
      ],
      step: { reached: 2, count: 3 },
      steps: [{ state: 'done' }, { state: 'done' }, { state: 'failed' }],
      pauses: [
        {
          reason: 'CanaryPauseStep',
          stepIndex: 1,
          endedBy: {
            kind: 'person',
            by: 'user:default/ada',
            action: 'promote',
          },
        },
      ],
      analysisRuns: [
        {
          phase: 'Failed',
          metrics: [{ name: 'smoke', measurements: [{ phase: 'Failed' }] }],
        },
      ],
      previous: first.id,
      gapsIn: [],
    });
    expect(
      stopped.actions.map(({ action, by, through }) => [action, by, through]),
    ).toEqual([
      ['set-image', 'user:default/ada', expect.any(String)],
      ['promote', 'user:default/ada', expect.any(String)],
    ]);
    const weights = stopped.weights.map(({ actual }) => actual);
    expect(Math.max(...weights)).toBeGreaterThan(0);
    expect(weights.at(-1)).toBe(0);

    const { body: comparison } = await eventually(
      () => get(`${HISTORY}/comparison?from=${first.id}&to=${stopped.id}`),
      ({ body }) => body.templateMissing === undefined,
    );
    expect(comparison).toMatchObject({
      images: [
        { container: 'app', from: 'demo/colors:blue', to: 'demo/colors:red' },
      ],
      template: [
        {
          path: 'spec.containers[app].image',
          kind: 'changed',
          from: '"demo/colors:blue"',
          to: '"demo/colors:red"',
        },
      ],
    });
    expect(JSON.stringify(comparison)).not.toContain('hunter22');

    const { body: measures } = await get(`${HISTORY}/measures?entity=colors`);
    expect(measures).toMatchObject({
      deployments: 1,
      ended: 2,
      failed: 1,
      changeFailureRate: 0.5,
      leadTime: { count: 1 },
      timeToRestore: { count: 1, medianSeconds: expect.any(Number) },
    });

    const csv = await get(`${HISTORY}/export?format=csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(3);
    const json = await get(`${HISTORY}/export?format=json&outcome=aborted`);
    expect(json.body).toMatchObject([
      { id: stopped.id, analysisRuns: [{ phase: 'Failed' }] },
    ]);
  });
});
