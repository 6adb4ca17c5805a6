import { resolve } from 'node:path';
import { renderDemo } from './renderDemo';

const ROOT = resolve(__dirname, '../../../..');

it('has the namespace first, by name, so that a folder can be applied as it is', () => {
  const names = renderDemo(ROOT, 'manifests', {
    gateway: 'http://127.0.0.1:1',
    prometheus: 'http://127.0.0.1:2',
  }).map(({ name }) => name);

  expect(names[0]).toBe('00-namespace.yaml');
  expect(names).toEqual([...names].sort());
});
