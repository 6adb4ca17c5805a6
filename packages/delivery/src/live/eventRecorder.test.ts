import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManualClock } from '@progressive-delivery/kube';
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
  const recorder = new EventRecorder({
    client: cluster.client,
    clock: new ManualClock(),
    onError: error => {
      throw error;
    },
  });
  const record = (name: string, reason: string) =>
    recorder.record(rollout(name), { type: 'Normal', reason, message: '' });
  return { ...cluster, recorder, record };
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
});
