import { readAssumptions, readMetric, readScaling } from './readAssumptions';

describe('assumptions', () => {
  it('are read from a small file', () => {
    const text = `
podStart: 12s
minReadySeconds: 5
failingPods: all
promoteAfter: never
scale: { at: 2m, replicas: 8 }
metrics:
  success-rate: [0.99, { from: 60s, value: 0.7 }, { from: 2m, outcome: failed }]
  latency: 120
`;

    expect(readAssumptions('a.yaml', text)).toEqual({
      podStart: 12_000,
      minReadySeconds: 5,
      failingPods: 'all',
      promoteAfter: 'never',
      scale: [{ at: 120_000, replicas: 8 }],
      metrics: {
        'success-rate': [
          { from: 0, is: { value: 0.99 } },
          { from: 60_000, is: { value: 0.7 } },
          { from: 120_000, is: { outcome: 'Failed' } },
        ],
        latency: [{ from: 0, is: { value: 120 } }],
      },
    });
  });

  it('are read from flags', () => {
    expect(readMetric('success-rate=0.7@60s,0.99,nan@2m,error@3m')).toEqual([
      'success-rate',
      [
        { from: 0, is: { value: 0.99 } },
        { from: 60_000, is: { value: 0.7 } },
        { from: 120_000, is: { value: NaN } },
        { from: 180_000, is: { outcome: 'Error' } },
      ],
    ]);
    expect(readScaling('8@2m')).toEqual({ at: 120_000, replicas: 8 });
  });

  it.each([
    ['podStart: soon', 'a.yaml: podStart: "soon" is no duration'],
    ['podstart: 5s', 'there is no "podstart"; there are podStart'],
    ['replicas: -1', 'a.yaml: replicas: -1 is no whole number from 0 on'],
    ['scale: 3', 'a.yaml: scale: must be an object with at, replicas'],
    ['metrics: 3', 'a.yaml: metrics: must be an object'],
    ['metrics: { x: maybe }', 'a.yaml: metrics.x: "maybe" is no value'],
    ['metrics: { x: { at: 3 } }', 'there is no "at"; there are from'],
    ['a: &a [*a', 'a.yaml: '],
    ['- 1', 'a.yaml: must be an object with podStart'],
  ])('%j is refused with what to write', (text, message) => {
    expect(() => readAssumptions('a.yaml', text)).toThrow(message);
  });

  it.each([
    ['success-rate', 'is not NAME=VALUE'],
    ['x=', 'is not NAME=VALUE'],
    ['x=1@soon', '--metric x: "soon" is no duration'],
    ['x=1,,2', '--metric x: "" is no value'],
  ])('--metric %s is refused', (text, message) => {
    expect(() => readMetric(text)).toThrow(message);
  });
});
