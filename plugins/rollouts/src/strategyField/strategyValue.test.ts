import {
  complete,
  describedService,
  parseWeights,
  problemsOf,
  withPreset,
} from './strategyValue';

describe('the value of the strategy field', () => {
  it('begins as the standard strategy, without problems', () => {
    expect(problemsOf({})).toEqual([]);
    expect(complete({})).toMatchObject({
      preset: 'standard',
      weights: [10, 25, 50, 75],
    });
  });

  it.each([
    [{ weights: [10, 50, 30] }, 'weights[2]'],
    [{ weights: parseWeights('ten') }, 'weights[0]'],
    [{ pause: 'soon' }, 'pause'],
    [{ replicas: 0 }, 'replicas'],
    [{ analysis: 'none' as const }, 'analysis'],
  ])('says where %j is wrong', (value, path) => {
    expect(problemsOf(value).map(each => each.path)).toContain(path);
  });

  it('takes another preset without the details of the one before', () => {
    expect(
      withPreset(
        {
          preset: 'fast',
          replicas: 7,
          weights: [20],
          router: 'nginx',
          analysis: { prometheus: 'http://metrics:9090', successRate: 0.5 },
        },
        'blue-green',
      ),
    ).toEqual({
      preset: 'blue-green',
      replicas: 7,
      router: 'nginx',
      analysis: { prometheus: 'http://metrics:9090' },
    });
    expect(withPreset({ router: 'nginx' }, 'dark-canary')).toEqual({
      preset: 'dark-canary',
    });
  });

  it.each([
    ['10, 25 50', [10, 25, 50]],
    ['10 %,20%', [10, 20]],
    ['', []],
    ['10,', [10]],
    ['20,,50', [20, NaN, 50]],
    [',50', [NaN, 50]],
    ['20 x', [20, NaN]],
  ])('reads the weights "%s"', (text, weights) => {
    expect(parseWeights(text)).toEqual(weights);
  });

  it('is shown for the service that the form names, if it is one', () => {
    const form = { name: 'shop', image: 'example.org/shop:2' };
    expect(describedService(form)).toEqual(form);
    expect(describedService({ name: 'No!', image: 'shop:latest' })).toEqual({
      name: 'service',
      image: 'example.org/service:1.0.0',
    });
    expect(describedService(undefined).name).toBe('service');
  });
});
