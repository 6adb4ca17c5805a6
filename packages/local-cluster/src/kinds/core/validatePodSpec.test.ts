import { validatePodSpec } from './validatePodSpec';

const fine = { name: 'c', image: 'demo/colors:blue' };

const problems = (spec: object) =>
  validatePodSpec(spec, 'spec').map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('validatePodSpec', () => {
  it('accepts what is right', () => {
    expect(
      problems({
        restartPolicy: 'Never',
        volumes: [{ name: 'v' }],
        containers: [
          {
            ...fine,
            ports: [{ containerPort: 80 }],
            volumeMounts: [{ name: 'v', mountPath: '/v' }],
            resources: { requests: { cpu: '100m' }, limits: { cpu: 0.5 } },
          },
        ],
      }),
    ).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['no container', {}, 'spec.containers: Required value'],
    [
      'no image',
      { containers: [{ name: 'c' }] },
      'spec.containers[0].image: Required value',
    ],
    [
      'two of one name',
      { containers: [fine, fine] },
      'spec.containers[1].name: Duplicate value: "c"',
    ],
    [
      'a port that is none',
      { containers: [{ ...fine, ports: [{ containerPort: 0 }] }] },
      'spec.containers[0].ports[0].containerPort: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    [
      'a mount of no volume',
      { containers: [{ ...fine, volumeMounts: [{ name: 'v' }] }] },
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ],
    [
      'more asked than allowed',
      {
        containers: [
          {
            ...fine,
            resources: { requests: { cpu: '2' }, limits: { cpu: '1500m' } },
          },
        ],
      },
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1500m',
    ],
    [
      'an unknown restart policy',
      { containers: [fine], restartPolicy: 'Sometimes' },
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ],
  ])('refuses %s', (_, spec, problem) => {
    expect(problems(spec)).toEqual([problem]);
  });

  it('cannot read what is no quantity', () => {
    const resources = { limits: { cpu: 'asdf' } };

    expect(
      validatePodSpec({ containers: [{ ...fine, resources }] }, 'spec'),
    ).toEqual([
      expect.objectContaining({
        reason: 'FieldValueTypeInvalid',
        field: 'spec.containers[0].resources.limits.cpu',
      }),
    ]);
  });
});
