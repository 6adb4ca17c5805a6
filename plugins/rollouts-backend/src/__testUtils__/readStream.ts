import type { Server } from 'node:http';

/** An open event stream of a portal. */
export interface ReadStream {
  status: number;
  headers: Headers;
  /** All that has come. */
  text(): string;
  stop(): Promise<void>;
}

/** Reads an event stream until it is stopped. */
export async function readStream(
  server: Server,
  path: string,
  authorization: string,
): Promise<ReadStream> {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const controller = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { Authorization: authorization },
    signal: controller.signal,
  });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
    }
  })();
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    async stop() {
      controller.abort();
      // By nobody else, and for no other reason.
      await expect(reading).rejects.toThrow(/aborted/);
    },
  };
}
