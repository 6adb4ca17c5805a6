import { readJsonPath } from './jsonPath';

const object = {
  metadata: { annotations: { 'a.b/c': 'yes' } },
  spec: { hosts: ['x', 'y'] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Other', status: 'False' },
    ],
  },
};

describe('readJsonPath', () => {
  it.each([
    ['.spec.hosts[1]', ['y']],
    ['.spec.hosts[*]', ['x', 'y']],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    ["{.status.conditions[?(@.type!='Ready')].status}", ['False']],
    [String.raw`.metadata.annotations.a\.b/c`, ['yes']],
    [".metadata.annotations['a.b/c']", ['yes']],
    ['.spec.missing.deeper', []],
  ])('reads %s', (path, found) => {
    expect(readJsonPath(object, path)).toEqual(found);
  });
});
