import { parseEventStream, type ServerSentEvent } from './parseEventStream';

function bodyOf(chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      chunks.forEach(chunk => controller.enqueue(encoder.encode(chunk)));
      controller.close();
    },
  });
}

async function eventsOf(...chunks: string[]): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of parseEventStream(bodyOf(chunks))) {
    events.push(event);
  }
  return events;
}

describe('parseEventStream', () => {
  it('reads events with type, id and data', async () => {
    await expect(
      eventsOf('event: snapshot\nid: 7\ndata: {"a":1}\n\n'),
    ).resolves.toEqual([{ id: '7', type: 'snapshot', data: '{"a":1}' }]);
  });

  it('joins events that arrive in pieces, CRLF cut in the middle included', async () => {
    await expect(
      eventsOf('event: roll', 'out\r', '\ndata: 1\r\n', '\r', '\n'),
    ).resolves.toEqual([{ id: undefined, type: 'rollout', data: '1' }]);
  });

  it('joins data lines and keeps the last id', async () => {
    await expect(
      eventsOf('id: 1\ndata: a\ndata: b\n\ndata: c\n\n'),
    ).resolves.toEqual([
      { id: '1', type: 'message', data: 'a\nb' },
      { id: '1', type: 'message', data: 'c' },
    ]);
  });

  it('skips comments and events without data, and drops an unfinished event', async () => {
    await expect(
      eventsOf(': heartbeat\n\nevent: x\n\ndata: unfinished'),
    ).resolves.toEqual([]);
  });
});
