import { ResponseError } from '@backstage/errors';
import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ADA, actionContext } from '../__testUtils__/actionContext';
import type { Pace } from '../backend/pace';
import { createWaitForAction } from './waitFor';

describe('rollouts:wait-for', () => {
  const summary = (phase: string, sentence: string, actual = 0) =>
    ({
      phase,
      sentence,
      weights: { actual, max: 100, desired: actual, routed: true },
      pods: { desired: 2, stable: { ready: 1 }, canary: { ready: 0 } },
      step: { index: 0, count: 4 },
      entityRefs: ['component:default/shop'],
    }) as unknown as RolloutSummary;
  const error = (status: number) =>
    ResponseError.fromResponse(
      new Response('{}', { status }) as never,
    ) as Promise<Error>;
  const input = { cluster: 'local', namespace: 'demo', name: 'shop' };

  function paceOf() {
    let now = 0;
    const pace: Pace = {
      now: () => now,
      wait: async (milliseconds, signal) => {
        signal?.throwIfAborted();
        now += milliseconds;
      },
    };
    return pace;
  }

  async function run(
    answers: (RolloutSummary | Error)[],
    more: object = {},
    { signal, pace = paceOf() }: { signal?: AbortSignal; pace?: Pace } = {},
  ) {
    const made = await actionContext({ ...input, ...more }, { signal });
    const rollout = jest.fn(async (_who: unknown, _ref: unknown) => {
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof Error) throw next;
      return next as RolloutSummary;
    });
    await createWaitForAction({ rollout }, pace).handler(made.ctx);
    return { ...made, rollout };
  }

  it('asks in the name of who runs the task', async () => {
    const { rollout } = await run([summary('Healthy', 'All is well.')]);

    expect(rollout).toHaveBeenCalledWith(ADA, input);
  });

  it.each([
    ['too many questions', () => error(429)],
    ['a portal that restarts', () => error(502)],
    ['no connection', async () => new TypeError('fetch failed')],
  ])('outlasts %s', async (_, fault) => {
    const { outputs } = await run([
      await fault(),
      summary('Healthy', 'All is well.'),
    ]);

    expect(outputs().phase).toBe('Healthy');
  });

  it.each([400, 401])('gives up at an answer of %d', async status => {
    await expect(
      run([await error(status), summary('Healthy', 'All is well.')]),
    ).rejects.toMatchObject({ statusCode: status });
  });

  it('waits until it is seen and healthy, and says each change once', async () => {
    const { lines, outputs } = await run([
      await error(403),
      await error(404),
      summary('Progressing', 'Pods start.'),
      summary('Progressing', 'Pods start.'),
      await error(503),
      summary('Healthy', 'All is well.', 100),
    ]);

    expect(lines).toEqual([
      'Waiting for demo/shop in local to be seen',
      'Progressing: Pods start. (0 % new, step 1 of 4, 1 of 2 pods ready)',
      expect.stringContaining('The portal is busy'),
      'Healthy: All is well. (100 % new, step 1 of 4, 1 of 2 pods ready)',
    ]);
    expect(outputs().entityRefs).toEqual(['component:default/shop']);
  });

  it('takes what is known of a cluster that does not answer for neither good nor bad', async () => {
    const stale = { since: '2026-11-01T10:00:00Z', reason: 'It is away.' };
    const { lines } = await run([
      { ...summary('Healthy', 'All was well.'), stale },
      { ...summary('Degraded', 'It was bad.'), stale },
      summary('Healthy', 'All is well.', 100),
    ]);
    expect(lines).toEqual([
      'What is known is old: It is away.',
      expect.stringContaining('All is well.'),
    ]);
  });

  it('fails when the rollout does', async () => {
    await expect(
      run([summary('Degraded', 'The image cannot be pulled.')]),
    ).rejects.toThrow('demo/shop in local: The image cannot be pulled.');
  });

  it('fails after its time, with what was seen last', async () => {
    const pace = paceOf();
    await expect(
      run(
        [summary('Paused', 'Waiting for someone.')],
        { timeoutMinutes: 1 },
        { pace },
      ),
    ).rejects.toThrow(/not healthy after 1 min.*Waiting for someone/);
    expect(pace.now()).toBe(60_000);
  });

  it('takes a pause for good where it is told to', async () => {
    const { outputs } = await run([summary('Paused', 'Waiting.')], {
      acceptPaused: true,
    });

    expect(outputs().phase).toBe('Paused');
  });

  it('ends when the task is cancelled', async () => {
    await expect(
      run(
        [summary('Paused', 'Waiting.')],
        {},
        {
          signal: AbortSignal.abort(),
        },
      ),
    ).rejects.toThrow(/abort/i);
  });

  it('asks nobody in a dry run', async () => {
    const { ctx, lines, outputs } = await actionContext(input, {
      isDryRun: true,
    });

    await createWaitForAction(
      { rollout: () => Promise.reject(new Error('asked')) },
      paceOf(),
    ).handler(ctx);

    expect(lines).toEqual(['Would wait until demo/shop in local is healthy.']);
    expect(outputs()).toEqual({
      phase: 'Healthy',
      message: '',
      entityRefs: [],
    });
  });
});
