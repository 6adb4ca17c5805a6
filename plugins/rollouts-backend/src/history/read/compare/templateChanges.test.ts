import { templateChanges } from './templateChanges';

const template = (containers: object[]) => ({ spec: { containers } });

it('names members by what they are called, wherever they stand', () => {
  const from = template([
    { name: 'log', image: 'log:1' },
    {
      name: 'app',
      image: 'app:1',
      env: [
        { name: 'LEVEL', value: 'info' },
        { name: 'OLD', value: 'x' },
      ],
      args: ['--a', '--b'],
    },
  ]);
  const to = template([
    {
      name: 'app',
      image: 'app:2',
      env: [
        { name: 'NEW', value: 'y' },
        { name: 'LEVEL', value: 'debug' },
      ],
      args: ['--a'],
    },
    { name: 'log', image: 'log:1' },
  ]);
  expect(templateChanges(from, to)).toEqual([
    {
      path: 'spec.containers[app].args[1]',
      kind: 'removed',
      from: '"--b"',
    },
    {
      path: 'spec.containers[app].env[LEVEL].value',
      kind: 'changed',
      from: '"info"',
      to: '"debug"',
    },
    {
      path: 'spec.containers[app].env[NEW].name',
      kind: 'added',
      to: '"NEW"',
    },
    { path: 'spec.containers[app].env[NEW].value', kind: 'added', to: '"y"' },
    {
      path: 'spec.containers[app].env[OLD].name',
      kind: 'removed',
      from: '"OLD"',
    },
    {
      path: 'spec.containers[app].env[OLD].value',
      kind: 'removed',
      from: '"x"',
    },
    {
      path: 'spec.containers[app].image',
      kind: 'changed',
      from: '"app:1"',
      to: '"app:2"',
    },
  ]);
});

it('puts quotes around names with dots, and sees empty lists', () => {
  expect(
    templateChanges(
      { metadata: { annotations: { 'a.b/c': '1' } }, spec: { volumes: [] } },
      { metadata: { annotations: { 'a.b/c': '2' } }, spec: {} },
    ),
  ).toMatchObject([
    { path: 'metadata.annotations."a.b/c"', kind: 'changed' },
    { path: 'spec', kind: 'added', to: '{}' },
    { path: 'spec.volumes', kind: 'removed', from: '[]' },
  ]);
});

it('finds nothing between the same', () => {
  expect(templateChanges(template([]), template([]))).toEqual([]);
});

it('gives no more changes than anybody reads', () => {
  const many = Object.fromEntries(
    Array.from({ length: 600 }, (_, at) => [`label-${at}`, 'x']),
  );
  expect(templateChanges({}, many)).toHaveLength(500);
});
