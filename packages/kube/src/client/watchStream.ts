import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import {
  KubeApiError,
  ProtocolError,
  UnreachableError,
  createApiError,
} from './errors';
import type { WatchEvent, WatchStream } from './types';

/**
 * Reads a watch: one JSON event per line. A line that is not an event, and a
 * stream that ends in mid-line, are errors: events were lost (fault 4).
 */
export class LineWatchStream<T> implements WatchStream<T> {
  readonly #response: IncomingMessage;
  readonly #request: string;
  readonly #onActivity?: () => void;

  constructor(
    response: IncomingMessage,
    request: string,
    onActivity?: () => void,
  ) {
    this.#response = response;
    this.#request = request;
    this.#onActivity = onActivity;
    // Without a reader an error would be uncaught; the reader gets it as well.
    response.on('error', () => {});
  }

  close() {
    this.#response.destroy();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WatchEvent<T>> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    try {
      for await (const chunk of this.#response) {
        this.#onActivity?.();
        const text: string = decoder.write(chunk);
        if (!text.includes('\n')) {
          rest += text;
          continue;
        }
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (line.trim() !== '') yield this.#parse(line);
        }
      }
    } catch (error) {
      if (error instanceof KubeApiError || error instanceof ProtocolError) {
        throw error;
      }
      throw new UnreachableError(
        this.#request,
        'The watch was cut off: the API server may be restarting, or cannot be reached',
        { cause: error },
      );
    } finally {
      this.close();
    }
    if (rest.trim() !== '') {
      throw new ProtocolError(
        this.#request,
        `The watch ended in the middle of a line of ${rest.length} characters`,
      );
    }
  }

  #parse(line: string): WatchEvent<T> {
    let event;
    try {
      event = JSON.parse(line);
    } catch (error) {
      throw new ProtocolError(
        this.#request,
        `The watch sent a line that is not JSON: "${line.slice(0, 80)}"`,
        { cause: error },
      );
    }
    switch (event?.type) {
      case 'ADDED':
      case 'MODIFIED':
      case 'DELETED':
      case 'BOOKMARK':
        if (typeof event.object?.metadata?.resourceVersion === 'string') {
          return event;
        }
        break;
      case 'ERROR':
        throw createApiError({
          status: event.object?.code ?? 500,
          reason: event.object?.reason ?? 'Unknown',
          message: event.object?.message ?? 'The watch failed',
          details: event.object?.details,
          request: this.#request,
          retryAfterSeconds: event.object?.details?.retryAfterSeconds,
        });
      default:
    }
    throw new ProtocolError(
      this.#request,
      `The watch sent a line that is not an event: "${line.slice(0, 80)}"`,
    );
  }
}
