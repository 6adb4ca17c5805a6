import { mockCredentials } from '@backstage/backend-test-utils';
import { ManualClock } from '@progressive-delivery/kube';
import {
  generateRollout,
  type LintResponse,
  type SimulateResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import express, { type ErrorRequestHandler } from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { addPreviewRoutes } from './previewRoutes';
import type { RouterContext } from './RouterContext';

// What is refused for its length is simulated until then: seconds on a busy machine.
jest.setTimeout(60_000);

const { yaml } = generateRollout({ name: 'shop', image: 'example/shop:1.0' });
const files = [{ name: 'shop.yaml', text: yaml }];

function portal(credentials: unknown = mockCredentials.user()) {
  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  addPreviewRoutes(router, {
    httpAuth: { credentials: async () => credentials },
    clock: new ManualClock(),
  } as unknown as RouterContext);
  const asStatus: ErrorRequestHandler = (error, _req, res, _next) => {
    const status = error.name === 'InputError' ? 400 : 429;
    res.status(status).json({ message: error.message });
  };
  return request(express().use(router).use(asStatus));
}

describe('POST /v1/lint', () => {
  it('says what it finds, also for people', async () => {
    const text = yaml.replace('shop:1.0', 'shop:latest');
    const response = await portal()
      .post('/v1/lint')
      .send({ files: [{ name: 'shop.yaml', text }] });
    const {
      findings,
      checked,
      text: forPeople,
    } = response.body as LintResponse;

    expect(findings.map(each => each.rule)).toEqual(['image-tag-moves']);
    expect(checked).toEqual({ files: 1, objects: 5, rollouts: 1 });
    expect(forPeople).toContain('shop.yaml:');
  });

  it.each([
    [
      { files, severities: { 'no-analysys': 'off' } },
      'is "no-analysis" meant?',
    ],
    [
      { files: [{ name: 'a', text: 'x'.repeat(300_001) }] },
      'send at most 300000',
    ],
  ])('refuses what cannot be meant', async (body, message) => {
    const response = await portal().post('/v1/lint').send(body);

    expect(response.status).toBe(400);
    expect(response.body.message).toContain(message);
  });

  it('keeps a person from asking without end', async () => {
    const asked = portal();
    const answers = [];
    for (let i = 0; i < 61; i++) {
      answers.push(await asked.post('/v1/lint').send({ files: [] }));
    }

    expect(answers.map(each => each.status).slice(0, 60)).not.toContain(429);
    expect(answers[60]?.status).toBe(429);
    expect(answers[60]?.body.message).toContain('Try again in 1 s');
  });
});

/** A Rollout of this strategy, with an analysis of each second for weeks. */
function rolloutWith(strategy: object) {
  const objects = [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'shop' },
      spec: {
        selector: { matchLabels: { app: 'shop' } },
        template: {
          metadata: { labels: { app: 'shop' } },
          spec: { containers: [{ name: 'app', image: 'example/shop:1.0' }] },
        },
        strategy,
      },
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisTemplate',
      metadata: { name: 'often' },
      spec: {
        metrics: [
          {
            name: 'rate',
            interval: '1s',
            count: 2_000_000,
            provider: { web: { url: 'http://example', jsonPath: '{$.a}' } },
          },
        ],
      },
    },
  ];
  return {
    files: [
      { name: 'a', text: objects.map(o => JSON.stringify(o)).join('\n---\n') },
    ],
  };
}

function canary(steps: object[]) {
  return rolloutWith({ canary: { steps } });
}

describe('POST /v1/simulate', () => {
  const ask = (body: object) => portal().post('/v1/simulate').send(body);

  it('computes the future, with a picture and what a failure would do', async () => {
    const response = await ask({ files, assumptions: { failAtStep: 4 } });
    const [simulation] = (response.body as SimulateResponse).simulations;

    expect(simulation).toMatchObject({
      namespace: 'default',
      name: 'shop',
      outcome: { kind: 'aborted' },
      picture: expect.stringMatching(/^<svg/),
      timeline: { aborts: expect.any(Array) },
    });
  });

  it.each<[string, object, string]>([
    ['no rollout', { files: [{ name: 'a', text: '' }] }, 'There is no Rollout'],
    ['another rollout', { files, rollout: 'cart' }, 'no Rollout "cart"'],
    ['an unknown assumption', { files, assumptions: { luck: 1 } }, 'luck'],
    [
      'an assumed metric that nothing measures',
      { files, assumptions: { metrics: { luck: [1] } } },
      'no analysis measures luck',
    ],
    [
      'what the controller would refuse',
      {
        files: [
          { name: 'a', text: yaml.replace('setWeight: 25', 'setWeight: 200') },
        ],
      },
      'setWeight',
    ],
    [
      'more pods than are simulated',
      { files, assumptions: { replicas: 100_000 } },
      'at most 1000',
    ],
    [
      'a manifest with more pods than are simulated',
      {
        files: [
          { name: 'a', text: yaml.replace(/replicas: \d+/, 'replicas: 1001') },
        ],
      },
      'at most 1000',
    ],
    [
      'more pods after a scaling than are simulated',
      { files, assumptions: { scale: [{ at: '1m', replicas: 100_000_000 }] } },
      'at most 1000',
    ],
    [
      'too many files’ worth of text',
      { files: [{ name: 'a', text: 'x'.repeat(300_001) }] },
      'at most 300000',
    ],
    [
      'more steps than are simulated',
      canary(Array.from({ length: 101 }, () => ({ setWeight: 10 }))),
      'at most 100 ',
    ],
    [
      'more rollouts than are simulated',
      {
        files: Array.from({ length: 11 }, (_, at) => ({
          name: `${at}`,
          text: yaml.replaceAll('shop', `shop${at}`),
        })),
      },
      'at most 10.',
    ],
    // Each of these took all of the process's memory, or its time.
    [
      'a canary of more pods than are simulated',
      canary([{ setCanaryScale: { replicas: 100_000_000 } }]),
      'steps[0].setCanaryScale.replicas',
    ],
    [
      'an experiment of more pods than are simulated',
      canary([
        {
          experiment: {
            templates: [
              { name: 'a', specRef: 'canary', replicas: 600 },
              { name: 'b', specRef: 'stable', replicas: 600 },
            ],
          },
        },
      ]),
      'steps[0].experiment.templates',
    ],
    [
      'a preview of more pods than are simulated',
      rolloutWith({
        blueGreen: { activeService: 'a', previewReplicaCount: 100_000_000 },
      }),
      'blueGreen.previewReplicaCount',
    ],
    [
      'an analysis that measures without end',
      canary([{ analysis: { templates: [{ templateName: 'often' }] } }]),
      'looks at what happens',
    ],
    ['what is no YAML', { files: [{ name: 'a', text: 'a: [' }] }, 'a:1:'],
  ])('refuses %s', async (_, body, message) => {
    const response = await ask(body);

    expect(response.status).toBe(400);
    expect(response.body.message).toContain(message);
  });
});
