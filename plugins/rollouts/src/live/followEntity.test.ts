import type { StreamEvent } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutsApi, StreamMessage } from '../api/RolloutsApi';
import { followEntity } from './followEntity';
import type { Connection } from './keepStream';
import { SILENCE_MS } from './readEvents';

const snapshot: StreamEvent = {
  type: 'snapshot',
  data: {
    entityRef: 'component:default/colors',
    annotated: true,
    rollouts: [],
    clusters: [],
    refused: [],
  },
};

/** Plays one script per stream that is opened; stops after the last. */
async function follow(
  streams: ((signal: AbortSignal) => AsyncGenerator<StreamMessage>)[],
  poll: RolloutsApi['getEntityRollouts'] = async () => {
    throw new Error('503');
  },
) {
  const stop = new AbortController();
  const seen = {
    events: [] as string[],
    connections: [] as Connection['state'][],
    errors: [] as (string | undefined)[],
    resumedAfter: [] as (string | undefined)[],
    waits: [] as number[],
  };
  const silences: (() => void)[] = [];
  await followEntity({
    api: {
      streamEntityRollouts: (_ref, { lastEventId, signal }) => {
        seen.resumedAfter.push(lastEventId);
        const next = streams.shift();
        if (!next) {
          stop.abort();
        }
        return (next ?? quiet)(signal);
      },
      getEntityRollouts: poll,
      getPodLog: async () => '',
      act: async () => {
        throw new Error('not used');
      },
    },
    entityRef: 'component:default/colors',
    signal: stop.signal,
    onEvent: event => seen.events.push(event.type),
    onConnection: ({ state }) => seen.connections.push(state),
    onError: error => seen.errors.push(error?.message),
    now: () => 0,
    wait: (ms, signal) => {
      if (ms === SILENCE_MS) {
        return new Promise(resolve => {
          silences.push(resolve);
          signal.addEventListener('abort', () => resolve());
        });
      }
      seen.waits.push(ms);
      return Promise.resolve();
    },
    random: () => 1,
  });
  return { seen, silences };
}

async function* quiet(): AsyncGenerator<StreamMessage> {
  // Ends without a word.
}

async function* broken(): AsyncGenerator<StreamMessage> {
  throw new Error('refused');
}

async function* one(): AsyncGenerator<StreamMessage> {
  yield { id: '5', event: snapshot };
}

describe('followEntity', () => {
  it('resumes after the last event when the server closes the stream', async () => {
    const { seen } = await follow([one]);

    expect(seen.events).toEqual(['snapshot']);
    expect(seen.connections).toEqual(['connecting', 'live']);
    expect(seen.resumedAfter).toEqual([undefined, '5']);
  });

  it('resumes after the last event that had an id', async () => {
    const { seen } = await follow([
      async function* oneAndAnother() {
        yield { id: '5', event: snapshot };
        yield { event: snapshot };
      },
    ]);

    expect(seen.resumedAfter).toEqual([undefined, '5']);
  });

  it('backs off from streams that end without a word, too', async () => {
    const { seen } = await follow([quiet, quiet]);

    expect(seen.connections).toEqual([
      'connecting',
      'reconnecting',
      'reconnecting',
    ]);
    expect(seen.waits).toEqual([250, 500, 250, 1000]);
  });

  it('backs off while nothing answers, says so and why', async () => {
    const { seen } = await follow([broken, broken, broken]);

    expect(seen.connections).toEqual([
      'connecting',
      'reconnecting',
      'reconnecting',
      'reconnecting',
    ]);
    expect(seen.errors).toEqual(['503', '503', '503']);
    expect(seen.waits).toEqual([500, 1000, 2000]);
  });

  it('reads conditionally between attempts when only the stream fails', async () => {
    const etags: (string | undefined)[] = [];
    const { seen } = await follow([broken, broken], async (_ref, options) => {
      etags.push(options?.etag);
      return options?.etag
        ? { status: 'not-modified' }
        : { status: 'changed', etag: '"1"', response: snapshot.data };
    });

    expect(seen.connections).toEqual(['connecting', 'polling', 'polling']);
    expect(seen.events).toEqual(['snapshot']);
    expect(etags).toEqual([undefined, '"1"']);
  });

  it('forgets where it was when the server no longer knows it', async () => {
    const { seen } = await follow([one, broken, broken, broken]);

    expect(seen.resumedAfter).toEqual([undefined, '5', '5', '5', undefined]);
  });

  it('is live again after a failure', async () => {
    const { seen } = await follow([broken, one]);

    expect(seen.connections).toEqual(['connecting', 'reconnecting', 'live']);
    expect(seen.errors).toEqual(['503', undefined]);
  });
});
