import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { managedRoutesAt } from './managedRoute';

const match = [{ headerName: 'x-debug', headerValue: { exact: 'true' } }];
const header = (name: string): CanaryStep => ({
  setHeaderRoute: { name, match },
});
const mirror = (name: string, percentage?: number): CanaryStep => ({
  setMirrorRoute: {
    name,
    percentage,
    match: [{ path: { prefix: '/' } }],
  },
});
const order = [{ name: 'b' }, { name: 'a' }];
const namesAt = (steps: CanaryStep[], index: number) =>
  managedRoutesAt(steps, index, order).map(({ name }) => name);

describe('managed routes at a step', () => {
  it('are there from the step that sets them, the current one included', () => {
    const steps = [{ setWeight: 10 }, header('a'), { pause: {} }];
    expect(namesAt(steps, 0)).toEqual([]);
    expect(namesAt(steps, 1)).toEqual(['a']);
    expect(namesAt(steps, 2)).toEqual(['a']);
  });

  it('are gone after the last step', () => {
    expect(namesAt([header('a')], 1)).toEqual([]);
  });

  it('are tried in the order of managedRoutes, not of the steps', () => {
    expect(namesAt([header('a'), header('b')], 1)).toEqual(['b', 'a']);
  });

  it('end with a step of the same name that matches nothing', () => {
    const ends: CanaryStep = { setHeaderRoute: { name: 'a' } };
    expect(namesAt([header('a'), ends, { pause: {} }], 2)).toEqual([]);
  });

  it('are replaced by a later step of the same name', () => {
    const steps = [mirror('a', 10), mirror('a', 50)];
    expect(managedRoutesAt(steps, 1, order)).toEqual([
      expect.objectContaining({ name: 'a', percentage: 50 }),
    ]);
  });

  it('mirror everything unless a percentage is given', () => {
    expect(managedRoutesAt([mirror('a')], 0, order)).toEqual([
      expect.objectContaining({ kind: 'mirror', percentage: 100 }),
    ]);
  });

  it('are not written when managedRoutes does not name them', () => {
    expect(managedRoutesAt([header('other')], 0, order)).toEqual([]);
  });
});
