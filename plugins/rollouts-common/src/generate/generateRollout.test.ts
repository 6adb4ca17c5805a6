import fc from 'fast-check';
import { DescriptionError, type RolloutDescription } from './description';
import { descriptionProblems } from './descriptionProblems';
import { generateRollout } from './generateRollout';
import { ROLLOUT_PRESETS } from './presets';
import { reachableWeights, writtenWeights } from './reachableWeights';

const SHOP = { name: 'shop', image: 'example/shop:1.2.3' };

const problemsOf = (more: object) =>
  descriptionProblems({ ...SHOP, ...more }).map(each => each.path);

const yamlOf = (more: Partial<RolloutDescription> = {}) =>
  generateRollout({ ...SHOP, ...more }).yaml;

describe('generateRollout', () => {
  it.each(ROLLOUT_PRESETS.map(each => each.name))(
    'makes manifests of the preset %s',
    preset => {
      expect(yamlOf({ preset })).toMatchSnapshot();
    },
  );

  it('puts what a rollout refers to before it', () => {
    const { files } = generateRollout({ ...SHOP, router: 'istio' });

    expect(files.map(each => each.name)).toEqual([
      'services.yaml',
      'route.yaml',
      'analysis.yaml',
      'rollout.yaml',
    ]);
  });

  it('gives the same text for the same description', () => {
    expect(yamlOf({ preset: 'cautious' })).toBe(yamlOf({ preset: 'cautious' }));
  });

  it('lets what is given count more than the preset', () => {
    const text = yamlOf({ weights: [40], router: 'nginx', pause: '30s' });

    expect(text.match(/setWeight: \d+/g)).toEqual(['setWeight: 40']);
    expect(text).toContain('duration: 30s');
  });

  it('uses weights that the pods can make when nobody routes', () => {
    expect(reachableWeights([5, 10, 50], 2)).toEqual([33, 50]);
    expect(reachableWeights([50], 1)).toEqual([50]);
  });

  it('uses the weights as they are when somebody routes', () => {
    const asked = { weights: [5, 10, 50], replicas: 2 };

    expect(writtenWeights({ ...asked, router: 'none' })).toEqual([33, 50]);
    expect(writtenWeights({ ...asked, router: 'istio' })).toEqual([5, 10, 50]);
  });

  it('waits for a person where it is told to, and never at the end', () => {
    const steps = yamlOf({
      weights: [20, 60],
      router: 'nginx',
      approvals: 'each',
    }).match(/pause: \{\}|duration: \w+|setWeight: \d+/g);

    expect(steps).toEqual([
      'setWeight: 20',
      'pause: {}',
      'setWeight: 60',
      'duration: 5m',
    ]);
  });

  it('measures who users meet: after the switch of blue-green the active service', () => {
    const serviceOf = (more: Partial<RolloutDescription>) =>
      /name: service\s+value: (\S+)/.exec(
        yamlOf({
          analysis: { metrics: ['success-rate'], dialect: 'istio' },
          ...more,
        }).split('kind: Rollout')[1] ?? '',
      )?.[1];

    expect(serviceOf({ preset: 'blue-green' })).toBe('shop');
    expect(serviceOf({ preset: 'standard' })).toBe('shop-canary');
  });

  it('takes nothing of a preset’s analysis for another strategy', () => {
    expect(
      problemsOf({ preset: 'blue-green', strategy: 'canary', weights: [50] }),
    ).toEqual([]);
  });

  it('says in which namespace the route is that the Gateway API’s plugin writes', () => {
    expect(yamlOf({ router: 'gateway-api', namespace: 'demo' })).toMatch(
      /httpRoute: shop\s+namespace: demo/,
    );
    expect(yamlOf({ router: 'gateway-api' })).toMatch(
      /httpRoute: shop\s+namespace: default/,
    );
  });

  it.each<[string, object, string[]]>([
    ['a name in capitals', { name: 'Shop' }, ['name', 'host']],
    ['a name that is too long', { name: 'a'.repeat(60) }, ['name']],
    ['an image without a tag', { image: 'shop' }, ['image']],
    ['the tag latest', { image: 'shop:latest' }, ['image']],
    ['half a replica', { replicas: 0.5 }, ['replicas']],
    ['a port beyond the last', { port: 70_000 }, ['port']],
    [
      'a preset that there is not',
      { preset: 'brave', weights: [50] },
      ['preset'],
    ],
    ['weights that go down', { weights: [50, 40] }, ['weights[1]']],
    ['everybody as a weight', { weights: [50, 100] }, ['weights[1]']],
    ['no weights', { weights: [] }, ['weights', 'weights[0]']],
    ['a pause without a unit', { pause: '5' }, ['pause']],
    ['nobody who decides', { analysis: 'none' }, ['analysis']],
    [
      'a header that the router cannot look at',
      { preset: 'dark-canary', router: 'nginx' },
      ['header'],
    ],
    [
      'a promotion by nobody',
      { strategy: 'blue-green', promotion: 'automatic' },
      ['promotion'],
    ],
    [
      'an address with a password',
      { analysis: { prometheus: 'http://a:b@prometheus' } },
      ['analysis.prometheus'],
    ],
    [
      'an analysis that cannot fail',
      { analysis: { when: 'step', count: 2, failureLimit: 2 } },
      ['analysis.failureLimit'],
    ],
    [
      'an interval that never comes',
      { pause: '10s', weights: [50], analysis: { interval: '1m' } },
      ['analysis.interval'],
    ],
    [
      'a metric that there is not',
      { analysis: { metrics: ['success-rate', 'errors'] } },
      ['analysis.metrics[1]'],
    ],
    [
      'an analysis at a time that there is not',
      { analysis: { when: 'always' } },
      ['analysis.when'],
    ],
    [
      'metrics of a kind that there is not',
      { analysis: { dialect: 'linkerd' } },
      ['analysis.dialect'],
    ],
    [
      'a label that is too long',
      { labels: { [`team/${'a'.repeat(64)}`]: 'b' } },
      [`labels[team/${'a'.repeat(64)}]`],
    ],
    [
      'the label that the rollout sets',
      { labels: { app: 'b' } },
      ['labels[app]'],
    ],
    [
      'a namespace that is too long',
      { namespace: 'a'.repeat(64) },
      ['namespace'],
    ],
    ['a label with a space', { labels: { a: 'b c' } }, ['labels[a]']],
  ])('refuses %s', (_, more, paths) => {
    expect(problemsOf(more)).toEqual(paths);
    expect(() => generateRollout({ ...SHOP, ...more })).toThrow(
      DescriptionError,
    );
  });

  it('survives nonsense in every field', () => {
    const nonsense = fc.record(
      Object.fromEntries(
        [
          'name image namespace preset replicas port readinessPath labels host',
          'router gateway strategy weights pause approvals header promotion',
          'analysis',
        ]
          .join(' ')
          .split(' ')
          .map(field => [field, fc.anything({ maxDepth: 2 })]),
      ),
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(nonsense, description => {
        const given = description as unknown as RolloutDescription;

        expect(descriptionProblems(given).every(each => each.message)).toBe(
          true,
        );
        expect(() => generateRollout(given)).toThrow(DescriptionError);
      }),
    );
  });
});
