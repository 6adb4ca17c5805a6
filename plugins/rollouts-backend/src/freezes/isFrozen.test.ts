import type {
  GatedAction,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { isFrozen } from './isFrozen';
import { undoTarget } from './undoTarget';

const frozen = (
  action: GatedAction,
  status: Partial<RolloutStatus> = {},
  target?: string,
) => isFrozen(action, canary({ status }), () => target);

describe('a freeze', () => {
  it.each([
    'promote',
    'promote-full',
    'skip-step',
    'set-image',
    'retry',
    'terminate-analysis',
    'resume',
    'undo',
  ] as const)('refuses %s', action => {
    expect(frozen(action)).toBe(true);
  });

  it('leaves a restart free', () => {
    expect(frozen('restart')).toBe(false);
  });

  it('leaves the way back of an aborted, paused rollout free', () => {
    expect(frozen('resume', { abort: true })).toBe(false);
  });

  it('leaves an undo free that brings back what is stable', () => {
    expect(frozen('undo', {}, 'blue')).toBe(false);
    expect(frozen('undo', {}, 'red')).toBe(true);
    // All are on green already: blue would be a new version to them.
    expect(frozen('undo', { stableRS: 'green' }, 'blue')).toBe(true);
    expect(frozen('undo', { stableRS: '' }, '')).toBe(true);
  });
});

describe('what an undo brings back', () => {
  const revision = (number: string, hash: string) => ({
    metadata: {
      name: hash,
      annotations: { 'rollout.argoproj.io/revision': number },
      labels: { 'rollouts-pod-template-hash': hash },
    },
    spec: {
      replicas: 1,
      selector: {},
      template: { spec: { containers: [] } },
    },
  });
  const all = [
    revision('1', 'blue'),
    revision('3', 'green'),
    revision('2', 'red'),
  ];

  it.each([
    ['green', undefined, 'red'],
    ['red', undefined, 'blue'],
    ['blue', undefined, undefined],
    ['green', 1, 'blue'],
    ['green', 7, undefined],
  ])('from %s to revision %s is %s', (current, to, expected) => {
    expect(undoTarget(all, current, to)).toBe(expected);
  });

  it('is not what failed, unless it is asked for', () => {
    const outcomes = new Map([['red', 'rolled-back'] as const]);
    expect(undoTarget(all, 'green', undefined, outcomes)).toBe('blue');
    expect(undoTarget(all, 'green', 2, outcomes)).toBe('red');
  });
});
