import { ServerResponse } from 'node:http';
import { Fault } from '../faults/faultHook';

type BodyFault = Extract<Fault, { kind: 'cut' | 'hang' | 'garbage' }>;

/** What a reader may leave unread before the server gives it up, in bytes. */
const MAX_UNREAD = 64 * 1024 * 1024;

/** Writes an answer, and breaks it where a fault says so. */
export class ResponseWriter {
  private sent = 0;
  private silent = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly fault: BodyFault | undefined,
  ) {}

  head(status: number, headers: Record<string, string | number>): void {
    if (this.silent) return;
    if (this.fault && this.fault.afterBytes === undefined) {
      // Nothing of the answer arrives, not even its head.
      if (this.fault.kind !== 'garbage') {
        this.breakOff();
        return;
      }
    }
    const { 'Content-Length': length, ...open } = headers;
    // Garbage has a length of its own.
    const garbled = this.fault?.kind === 'garbage' || length === undefined;
    this.response.writeHead(status, garbled ? open : headers);
    // A watch without events must still be seen to have begun.
    this.response.flushHeaders();
  }

  write(text: string): void {
    if (this.silent) return;
    const room = this.fault
      ? (this.fault.afterBytes ?? 0) - this.sent
      : Infinity;
    const bytes = Buffer.byteLength(text);
    if (bytes > room) {
      this.response.write(Buffer.from(text).subarray(0, Math.max(0, room)));
      this.breakOff();
      return;
    }
    this.sent += bytes;
    this.response.write(text);
    if (this.response.writableLength > MAX_UNREAD) this.destroy();
  }

  end(): void {
    if (!this.silent) this.response.end();
  }

  destroy(): void {
    this.silent = true;
    this.response.destroy();
  }

  private breakOff(): void {
    this.silent = true;
    const fault = this.fault!;
    if (fault.kind === 'hang') return;
    if (fault.kind === 'garbage') {
      this.response.end(fault.text);
      return;
    }
    // What was written so far still goes out before the connection breaks.
    const { socket } = this.response;
    if (this.response.headersSent && socket) {
      socket.write('', () => this.response.destroy());
    } else {
      this.response.destroy();
    }
  }
}
