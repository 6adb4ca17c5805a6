import type { Response } from 'express';
import { type ReaderCredentials, readerOf } from '../access/readerOf';
import type { EventSink } from '../stream/EventStream';
import type { StreamPlaces } from '../stream/StreamPlaces';

/** A reader may be this much behind before nothing more is written. */
const STREAM_BUFFER_BYTES = 256 * 1024;

/**
 * Answers with an endless `text/event-stream`, and takes what is to be sent.
 *
 * @throws TooManyStreamsError before anything is answered
 */
export function beginEventStream(
  res: Response,
  places: StreamPlaces,
  credentials: ReaderCredentials,
): EventSink & { end(): void } {
  res.on('close', places.take(readerOf(credentials)));
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // no-transform keeps compression, which buffers, away.
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  return {
    write: text => res.write(text) || res.writableLength < STREAM_BUFFER_BYTES,
    onDrain: callback => res.once('drain', callback),
    end: () => res.end(),
  };
}
