import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { callStepPlugin } from './callStepPlugin';
import type { StepPlugin } from './stepPlugin';
import type { StepPluginCall } from './stepPluginCall';

const NOW = Date.UTC(2026, 0, 1);
const rollout: Rollout = {
  metadata: { name: 'colors', namespace: 'demo' },
  spec: {},
};
const call: StepPluginCall = {
  index: 1,
  name: 'acme/smoke',
  operation: 'Run',
  config: { url: 'x' },
  status: { seen: 1 },
  podHash: 'abc',
  startedAt: '2026-01-01T00:00:00Z',
};

const answerOf = async (
  plugin: Partial<StepPlugin>,
  changed: Partial<StepPluginCall> = {},
  signal = new AbortController().signal,
) => {
  const whole = { name: 'acme/smoke', run: async () => ({}), ...plugin };
  const plugins = new Map([[whole.name, whole]]);
  const all = { ...call, ...changed };
  return (await callStepPlugin(rollout, all, plugins, () => NOW, signal))
    .result;
};

describe('a call of a step plugin', () => {
  it('hands on what the step says and what the plugin noted', async () => {
    const run = jest.fn(async () => ({
      phase: 'Running' as const,
      message: 'half way',
      status: { seen: 2 },
      requeueAfterMilliseconds: 15_000,
    }));

    expect(await answerOf({ run })).toEqual({
      phase: 'Running',
      message: 'half way',
      status: { seen: 2 },
      requeueAfterMilliseconds: 15_000,
    });
    expect(run).toHaveBeenCalledWith(
      expect.objectContaining({
        index: 1,
        config: { url: 'x' },
        status: { seen: 1 },
        now: NOW,
      }),
    );
  });

  it.each<[string, Partial<StepPlugin>, Partial<StepPluginCall>, string]>([
    [
      'throws',
      {
        run: async () => {
          throw new Error('no route');
        },
      },
      {},
      'no route',
    ],
    [
      'answers with a phase that there is not',
      { run: async () => ({ phase: 'Done' as never }) },
      {},
      'unknown phase "Done"',
    ],
    [
      'notes too much',
      { run: async () => ({ status: 'x'.repeat(70_000) }) },
      {},
      'larger than 65536 bytes',
    ],
    ['is not there', {}, { name: 'acme/other' }, 'no step plugin acme/other'],
  ])('is an error when the plugin %s', async (_, plugin, changed, error) => {
    expect(await answerOf(plugin, changed)).toEqual({
      error: expect.stringContaining(error),
    });
  });

  it('has nothing to take back when the plugin does not say how', async () => {
    expect(await answerOf({}, { operation: 'Abort' })).toEqual({});
  });

  it('ends when nobody waits, also when the plugin does not heed that', async () => {
    const controller = new AbortController();
    const answer = answerOf(
      { run: () => new Promise(() => {}) },
      {},
      controller.signal,
    );
    controller.abort(new Error('no answer within 5 minutes'));

    expect(await answer).toEqual({ error: 'no answer within 5 minutes' });
  });

  it('cannot change what the controller sees', async () => {
    await answerOf({
      run: async ({ rollout: seen }) => {
        seen.spec.replicas = 99;
        return {};
      },
    });

    expect(rollout.spec.replicas).toBeUndefined();
  });
});
