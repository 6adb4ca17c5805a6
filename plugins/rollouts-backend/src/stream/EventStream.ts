import type { EntityState } from '../view/entityRollouts';
import { entityStateJson } from '../view/entityRollouts';

/** Where events go: an HTTP response, as far as it is needed here. */
export interface EventSink {
  write(text: string): boolean;
  onDrain(callback: () => void): void;
}

/**
 * Sends one reader what changed since what they were sent last. Nothing is
 * queued: while the reader does not keep up nothing is written, and when they
 * have caught up they get a snapshot. So what a reader can hold of our memory
 * is one socket buffer, however slow they are (fault 27).
 */
export class EventStream {
  readonly #sink: EventSink;
  #sent?: EntityState;
  #blocked = false;
  #missed?: EntityState;

  constructor(sink: EventSink) {
    this.#sink = sink;
  }

  get blocked(): boolean {
    return this.#blocked;
  }

  /** Begins with a snapshot, or, for a reader who has just this state, without. */
  begin(state: EntityState, lastEventId: string | undefined, at: string): void {
    if (lastEventId === state.etag) {
      this.#sent = state;
      this.heartbeat(at);
    } else {
      this.#snapshot(state);
    }
  }

  update(state: EntityState): void {
    if (this.#blocked) {
      this.#missed = state;
      return;
    }
    const before = this.#sent;
    if (
      !before ||
      before.annotated !== state.annotated ||
      JSON.stringify(before.refused) !== JSON.stringify(state.refused)
    ) {
      this.#snapshot(state);
      return;
    }
    const events = changes(before, state);
    if (events.length > 0) {
      this.#sent = state;
      // The id says "all of this has arrived", so only the last one carries it.
      const [last, ...others] = events.reverse();
      this.#write(
        [
          ...others.reverse().map(event => format(event)),
          format(last as Event, state.etag),
        ].join(''),
      );
    }
  }

  heartbeat(at: string): void {
    if (!this.#blocked) {
      this.#write(
        format(
          { type: 'heartbeat', data: JSON.stringify({ at }) },
          this.#sent?.etag,
        ),
      );
    }
  }

  #snapshot(state: EntityState): void {
    this.#sent = state;
    this.#write(
      format({ type: 'snapshot', data: entityStateJson(state) }, state.etag),
    );
  }

  #write(text: string): void {
    if (this.#sink.write(text)) {
      return;
    }
    this.#blocked = true;
    this.#sink.onDrain(() => {
      this.#blocked = false;
      const missed = this.#missed;
      this.#missed = undefined;
      if (missed && missed.etag !== this.#sent?.etag) {
        this.#snapshot(missed);
      }
    });
  }
}

interface Event {
  type: 'snapshot' | 'rollout' | 'removed' | 'clusters' | 'heartbeat';
  /** JSON without line breaks. */
  data: string;
}

function changes(before: EntityState, after: EntityState): Event[] {
  const versions = new Map(
    before.rollouts.map(({ key, version }) => [key, version]),
  );
  const present = new Set(after.rollouts.map(({ key }) => key));
  return [
    ...before.rollouts
      .filter(({ key }) => !present.has(key))
      .map(({ ref }) => ({
        type: 'removed' as const,
        data: JSON.stringify(ref),
      })),
    ...after.rollouts
      .filter(({ key, version }) => versions.get(key) !== version)
      .map(({ json }) => ({ type: 'rollout' as const, data: json })),
    ...(before.clusters === after.clusters
      ? []
      : [{ type: 'clusters' as const, data: after.clusters }]),
  ];
}

function format({ type, data }: Event, id?: string): string {
  return `event: ${type}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}
