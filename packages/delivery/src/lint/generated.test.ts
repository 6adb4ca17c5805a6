import {
  completeDescription,
  descriptionProblems,
  generateRollout,
  ROLLOUT_PRESETS,
  type RolloutDescription,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import fc from 'fast-check';
import { assumeMissing } from '../simulate/manifests/assumeMissing';
import { readObjects, sortObjects } from '../simulate/manifests/readManifests';
import { simulateRollout } from '../simulate/simulateRollout';
import { lint } from './lint';

const some = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });
const duration = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('s', 'm'))
  .map(([n, unit]) => `${n}${unit}`);

const analysis = fc.record(
  {
    metrics: fc.uniqueArray(
      fc.constantFrom(
        'success-rate' as const,
        'latency' as const,
        'smoke-test' as const,
      ),
      { minLength: 1 },
    ),
    when: fc.constantFrom('background' as const, 'step' as const),
    dialect: fc.constantFrom('istio' as const, 'http' as const),
    successRate: fc.constantFrom(0.5, 0.95, 0.999, 1),
    latencyMilliseconds: fc.integer({ min: 1, max: 10_000 }),
    interval: duration,
    count: fc.integer({ min: 1, max: 20 }),
    failureLimit: fc.integer({ min: 0, max: 10 }),
    smokePath: fc.constantFrom('/', '/health'),
  },
  { requiredKeys: [] },
);

/** Descriptions of every kind; some of them nothing can be made of. */
const descriptions: fc.Arbitrary<RolloutDescription> = fc.record(
  {
    name: fc.constantFrom('shop', 'a', 'cart-2'),
    image: fc.constantFrom('example/shop:1.2.3', 'r:5000/a/b@sha256:abc'),
    namespace: fc.constantFrom('demo', 'team-a'),
    preset: fc.constantFrom(...ROLLOUT_PRESETS.map(each => each.name)),
    replicas: fc.integer({ min: 1, max: 30 }),
    port: fc.integer({ min: 1, max: 65_535 }),
    readinessPath: fc.constantFrom('/', '/ready'),
    labels: fc.constant({ 'backstage.io/kubernetes-id': 'shop' }),
    router: fc.constantFrom('none', 'istio', 'nginx', 'gateway-api'),
    strategy: fc.constantFrom('canary', 'blue-green'),
    weights: fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), {
        minLength: 1,
        maxLength: 6,
      })
      .map(all => all.sort((a, b) => a - b)),
    pause: duration,
    approvals: fc.constantFrom('none', 'first', 'each'),
    header: some(fc.constant({ name: 'x-canary', value: 'true' })),
    promotion: fc.constantFrom('manual', 'automatic'),
    analysis: fc.oneof(fc.constant('none' as const), analysis),
  },
  { requiredKeys: ['name', 'image'] },
);

/** What somebody has asked for, and lint may remind of. */
const CHOSEN = new Set(['single-replica', 'no-analysis', 'first-weight-high']);

describe('what is generated', () => {
  const accepted = descriptions.filter(
    each => descriptionProblems(each).length === 0,
  );

  it('lints clean', () => {
    fc.assert(
      fc.property(accepted, description => {
        const sources = generateRollout(description).files.map(
          ({ name, text }) => ({ file: name, text }),
        );
        const found = lint(sources).findings.filter(
          each => !CHOSEN.has(each.rule),
        );

        expect(found.map(each => `${each.rule}: ${each.message}`)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is promoted, and becomes healthy', () => {
    fc.assert(
      fc.property(accepted, description => {
        const manifests = sortObjects(
          readObjects('generated', generateRollout(description).yaml),
        );
        const [rollout] = manifests.rollouts;
        if (!rollout) throw new Error('there is no rollout');
        const { outcome } = simulateRollout(
          assumeMissing(rollout, manifests),
          {},
          { forecastAborts: false },
        );

        expect(outcome).toMatchObject({ kind: 'promoted', phase: 'Healthy' });
      }),
      { numRuns: 25 },
    );
  });

  it('is accepted often enough for this to mean something', () => {
    const all = fc.sample(descriptions, { numRuns: 400, seed: 1 });
    const good = all.filter(each => descriptionProblems(each).length === 0);

    expect(good.length).toBeGreaterThan(60);
    expect(
      new Set(good.map(each => completeDescription(each).router)).size,
    ).toBe(4);
  });
});
