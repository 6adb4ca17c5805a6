import { ServerResponse } from 'node:http';
import { expired, unknownPath } from '../api/apiError';
import { ApiCall } from './apiCall';
import { asApiError } from './dispatch';
import { followLog } from './handlers/podHandlers';
import { failure } from './reply';
import { resourceCall } from './resourceCall';
import { ResponseWriter } from './responseWriter';
import { sendReply } from './sendReply';
import { ServerContext } from './serverContext';
import { startWatchStream } from './watchStream';

/**
 * One answer that goes on. What it says while it starts is kept until its
 * head is sent, so that a refusal can still be an ordinary answer.
 */
class Stream {
  private early: string[] | undefined = [];
  private ended = false;
  private stopSource = () => {};

  constructor(
    private readonly writer: ResponseWriter,
    private readonly onClosed: (stream: Stream) => void,
  ) {}

  /** @throws ApiError when the call is refused */
  start(context: ServerContext, call: ApiCall): void {
    if (!call.resource) throw unknownPath();
    const about = resourceCall(
      context,
      { ...call, resource: call.resource },
      [],
    );
    const source = call.verb === 'watch' ? startWatchStream : followLog;
    this.stopSource = source(
      context,
      about,
      line => this.write(line),
      () => this.end(),
    );
  }

  begin(call: ApiCall): void {
    this.writer.head(200, {
      'Content-Type':
        call.verb === 'watch'
          ? 'application/json'
          : 'text/plain; charset=utf-8',
    });
    const early = this.early?.join('') ?? '';
    this.early = undefined;
    if (early) this.writer.write(early);
    if (this.ended) this.end();
  }

  stop(): void {
    this.stopSource();
    this.onClosed(this);
  }

  expire(): void {
    const { status } = expired('too old resource version');
    this.write(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
    this.end();
  }

  cut(): void {
    this.writer.destroy();
  }

  private write(line: string): void {
    if (this.early) this.early.push(line);
    else this.writer.write(line);
  }

  private end(): void {
    this.ended = true;
    if (this.early) return;
    this.stop();
    this.writer.end();
  }
}

/** The watches and followed logs that are open, and what can be done to them all. */
export class OpenStreams {
  private readonly streams = new Set<Stream>();

  constructor(private readonly context: ServerContext) {}

  open(call: ApiCall, writer: ResponseWriter, response: ServerResponse): void {
    const stream = new Stream(writer, closed => this.streams.delete(closed));
    try {
      stream.start(this.context, call);
    } catch (error) {
      sendReply(writer, call, failure(asApiError(error).status));
      return;
    }
    this.streams.add(stream);
    response.on('close', () => stream.stop());
    stream.begin(call);
  }

  /** Ends every watch with an ERROR of 410. */
  expire(): void {
    for (const stream of [...this.streams]) stream.expire();
  }

  /** Breaks every connection off. */
  cut(): void {
    for (const stream of [...this.streams]) stream.cut();
  }
}
