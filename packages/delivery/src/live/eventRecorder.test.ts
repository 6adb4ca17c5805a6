import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManualClock, NotFoundError } from '@progressive-delivery/kube';
import { EventRecorder } from './eventRecorder';

function rollout(name: string): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name, namespace: 'demo', uid: name },
  };
}

/** A cluster that answers when it is told to. */
function slowCluster() {
  const begun: string[] = [];
  const answers: (() => void)[] = [];
  const write = (_: unknown, object: { reason?: string }) => {
    begun.push(object.reason ?? 'counted');
    return new Promise<never>(resolve => {
      answers.push(() => resolve(undefined as never));
    });
  };
  const turn = () => new Promise(resolve => setImmediate(resolve));
  return {
    begun,
    client: { create: write as never, patch: write as never },
    async answerAll() {
      answers.splice(0).forEach(answer => answer());
      await turn();
    },
  };
}

function start() {
  const cluster = slowCluster();
  const work = { isBusy: false };
  const clock = new ManualClock();
  const errors: string[] = [];
  const recorder = new EventRecorder({
    client: cluster.client,
    clock,
    isBusy: () => work.isBusy,
    onError: error => errors.push((error as Error).message),
  });
  const record = (name: string, reason: string) =>
    recorder.record(rollout(name), { type: 'Normal', reason, message: '' });
  return { ...cluster, recorder, record, work, clock, errors };
}

/** A cluster that answers at once; events are about one object. */
function quickCluster() {
  const create = jest.fn(async (..._: unknown[]) => undefined);
  const patch = jest.fn(async (..._: unknown[]) => undefined);
  const recorder = new EventRecorder({
    client: { create: create as never, patch: patch as never },
    clock: new ManualClock(),
    onError: error => {
      throw error;
    },
  });
  const record = (reason: string, message: string = '') =>
    recorder.record(rollout('a'), { type: 'Normal', reason, message });
  return { create, patch, recorder, record };
}

describe('EventRecorder', () => {
  it('writes events about one object one after the other', async () => {
    const { begun, record, answerAll } = start();
    record('a', 'First');
    record('a', 'Second');
    expect(begun).toEqual(['First']);

    await answerAll();

    expect(begun).toEqual(['First', 'Second']);
  });

  it('does not let one object wait for another', () => {
    const { begun, record } = start();
    record('a', 'First');
    record('a', 'Second');
    record('b', 'Third');
    expect(begun).toEqual(['First', 'Third']);
  });

  it('writes about eight objects at the same time, not more', async () => {
    const { begun, record, answerAll } = start();
    for (let number = 0; number < 10; number++)
      record(`${number}`, `Of${number}`);
    expect(begun).toHaveLength(8);

    await answerAll();

    expect(begun).toHaveLength(10);
  });

  it('takes less of the cluster while rollouts wait for their turn', async () => {
    const { begun, record, answerAll, work } = start();
    work.isBusy = true;
    for (let number = 0; number < 14; number++)
      record(`${number}`, `Of${number}`);
    expect(begun).toHaveLength(2);
    await answerAll();
    expect(begun).toHaveLength(4);

    work.isBusy = false;
    await answerAll();

    expect(begun).toHaveLength(12);
  });

  it('says when it happened, not when it was written', async () => {
    const clock = new ManualClock(Date.parse('2026-11-01T10:00:00Z'));
    const created: unknown[] = [];
    const answers: (() => void)[] = [];
    const recorder = new EventRecorder({
      client: {
        create: ((_: unknown, event: unknown) => {
          created.push(event);
          return new Promise<void>(resolve => answers.push(resolve));
        }) as never,
        patch: jest.fn(),
      },
      clock,
      onError: error => {
        throw error;
      },
    });
    recorder.record(rollout('a'), { type: 'Normal', reason: 'A', message: '' });
    recorder.record(rollout('a'), { type: 'Normal', reason: 'B', message: '' });
    clock.advance(60_000);
    answers.shift()!();
    await new Promise(resolve => setImmediate(resolve));

    expect(created[1]).toMatchObject({
      reason: 'B',
      firstTimestamp: '2026-11-01T10:00:00Z',
      lastTimestamp: '2026-11-01T10:00:00Z',
      involvedObject: { kind: 'Rollout', namespace: 'demo', uid: 'a' },
    });
  });

  it('is flushed once all is written', async () => {
    const { recorder, record, answerAll } = start();
    record('a', 'First');
    record('a', 'Second');
    let flushed = false;
    const flush = recorder.flush().then(() => {
      flushed = true;
    });

    await answerAll();
    expect(flushed).toBe(false);
    await answerAll();
    await flush;

    expect(flushed).toBe(true);
  });

  it('counts an event that is repeated, until the cluster has forgotten it', async () => {
    const { record, create, patch, recorder } = quickCluster();
    record('First');
    record('First');
    await recorder.flush();
    expect(create).toHaveBeenCalledTimes(1);
    expect(patch.mock.lastCall?.[2]).toMatchObject({ count: 2 });

    patch.mockRejectedValueOnce(
      new NotFoundError({
        status: 404,
        reason: 'NotFound',
        message: 'gone',
        request: 'PATCH /',
      }),
    );
    record('First');
    await recorder.flush();

    expect(create).toHaveBeenCalledTimes(2);
    expect(create.mock.lastCall?.[1]).toMatchObject({ count: 1 });
  });

  it('forgets the oldest of very many', async () => {
    const { record, create, patch, recorder } = quickCluster();
    for (let number = 0; number <= 4_096; number++) {
      record(`Of${number}`);
      if (number % 500 === 0) await recorder.flush();
    }
    await recorder.flush();

    record('Of0');
    record('Of4096');
    await recorder.flush();

    expect(create.mock.lastCall?.[1]).toMatchObject({ reason: 'Of0' });
    expect(patch).toHaveBeenCalledTimes(1);
  });

  it('writes for a while longer when it is closed; what is left is lost', async () => {
    const { recorder, record, clock, begun, answerAll } = start();
    for (const reason of ['First', 'Second', 'Third']) record('a', reason);
    const closed = recorder.close(5_000);
    await answerAll();
    clock.advance(5_000);

    await expect(closed).resolves.toBe(1);
    await answerAll();
    expect(begun).toEqual(['First', 'Second']);
    expect(recorder.dropped).toBe(1);
  });

  it('is closed as soon as nothing waits', async () => {
    const { recorder, record, clock, answerAll } = start();
    record('a', 'First');
    const closed = recorder.close(5_000);
    await answerAll();
    await expect(closed).resolves.toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('drops the newest when the cluster takes none for too long, and says so once', () => {
    const { recorder, record, errors } = start();
    for (let number = 0; number < 10_005; number++) record('a', `Of${number}`);

    expect(recorder.dropped).toBe(4);
    expect(errors).toEqual(['10000 others wait already']);
  });

  it('cuts a message to what a cluster takes', async () => {
    const { record, create, recorder } = quickCluster();
    record('First', 'x'.repeat(2_000));
    await recorder.flush();

    expect(create.mock.lastCall?.[1]).toMatchObject({
      message: 'x'.repeat(1_024),
    });
  });
});
