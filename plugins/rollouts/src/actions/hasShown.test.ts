import type {
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colorsGreen } from '../__fixtures__/rollout';
import { hasShown } from './hasShown';

const before = colorsGreen(0, {
  phase: 'Paused',
  step: { index: 1, count: 8 },
});

describe('hasShown', () => {
  it.each<[RolloutAction, Partial<RolloutDetail>]>([
    ['promote', { step: { index: 2, count: 8 } }],
    ['skip-step', { step: { index: 2, count: 8 } }],
    ['promote-full', { phase: 'Healthy' }],
    ['abort', { aborted: true }],
    ['pause', { paused: true }],
    ['restart', { generation: 3 }],
    ['undo', { generation: 3 }],
  ])('%s is shown by its effect, not by any change', (action, effect) => {
    const other = { ...before, version: '3' };

    expect(hasShown(action, {}, before, other)).toBe(false);
    expect(hasShown(action, {}, before, { ...other, ...effect })).toBe(true);
  });

  it('knows an image by its container', () => {
    const request = {
      images: [{ container: 'colors', image: 'demo/colors:red' }],
    };
    const after = (container: string) => ({
      ...before,
      version: '3',
      images: [{ container, current: 'demo/colors:red' }],
    });

    expect(hasShown('set-image', request, before, after('sidecar'))).toBe(
      false,
    );
    expect(hasShown('set-image', request, before, after('colors'))).toBe(true);
  });

  it('never by an object that has not changed', () => {
    expect(hasShown('resume', {}, before, before)).toBe(false);
  });
});
