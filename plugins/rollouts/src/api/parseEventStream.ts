/** One dispatched event of a `text/event-stream`. */
export interface ServerSentEvent {
  id?: string;
  type: string;
  data: string;
}

class EventFields {
  private type = '';
  private data: string[] = [];
  id?: string;

  constructor(id?: string) {
    this.id = id;
  }

  read(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) {
      return;
    }
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') {
      this.type = value;
    } else if (name === 'data') {
      this.data.push(value);
    } else if (name === 'id' && !value.includes('\0')) {
      this.id = value;
    }
  }

  dispatch(): ServerSentEvent | undefined {
    return this.data.length === 0
      ? undefined
      : {
          id: this.id,
          type: this.type || 'message',
          data: this.data.join('\n'),
        };
  }
}

/**
 * Reads a `text/event-stream` body event by event.
 * Source of the rules: WHATWG HTML, "Interpreting an event stream": lines end
 * in LF, CR or CRLF; `data` lines are joined by LF; a blank line dispatches;
 * a line that starts with a colon is a comment; an event without data is not
 * dispatched; what is left when the stream ends is discarded.
 */
export async function* parseEventStream(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  let fields = new EventFields();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      pending += decoder.decode(value, { stream: true });
      const { lines, rest } = takeLines(pending);
      pending = rest;
      for (const line of lines) {
        if (line === '') {
          const event = fields.dispatch();
          fields = new EventFields(fields.id);
          if (event) {
            yield event;
          }
        } else {
          fields.read(line);
        }
      }
    }
  } finally {
    // Ends the request when the consumer stops early.
    await reader.cancel().catch(() => undefined);
  }
}

/** Complete lines of `text`; a CR at the very end may yet become CRLF. */
function takeLines(text: string): { lines: string[]; rest: string } {
  const lines: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char !== '\n' && char !== '\r') {
      continue;
    }
    if (char === '\r' && at === text.length - 1) {
      break;
    }
    lines.push(text.slice(start, at));
    if (char === '\r' && text[at + 1] === '\n') {
      at++;
    }
    start = at + 1;
  }
  return { lines, rest: text.slice(start) };
}
