import type { ReleaseGap } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryFact } from '../facts/HistoryFact';
import type { Observation } from '../observe/Observation';

/** A look at a rollout that has not been recorded yet. */
export interface Look {
  at: number;
  /** The object looked at: the same one twice is one look. */
  subject: unknown;
  gone: boolean;
  /** Seen in the first list of its cluster, when nobody may have watched before. */
  first: boolean;
  gap?: ReleaseGap;
  observe: (look: Look, gap: ReleaseGap | undefined) => Observation;
}

/** What is to be recorded of one rollout. */
export interface Waiting {
  cluster: string;
  looks: Look[];
  /** What people did there. */
  facts: HistoryFact[];
}

/**
 * What waits for the database. Bounded: when it is full, what lies between
 * the first and the last look at a rollout is given up, and marked as a gap.
 */
export class Buffer {
  readonly #waiting = new Map<string, Waiting>();
  #looks = 0;
  #dropped = 0;

  /** @param most - looks that are kept beside the last one of each rollout */
  constructor(private readonly most: number) {}

  /** Looks and facts that wait. */
  get size(): number {
    let size = this.#looks;
    for (const { facts } of this.#waiting.values()) {
      size += facts.length;
    }
    return size;
  }

  /** Looks that were given up, since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  get streams(): string[] {
    return [...this.#waiting.keys()];
  }

  get(stream: string): Waiting | undefined {
    return this.#waiting.get(stream);
  }

  addLook(stream: string, cluster: string, look: Look): void {
    const { looks } = this.#of(stream, cluster);
    const last = looks.at(-1);
    if (last && last.subject === look.subject && last.gone === look.gone) {
      return;
    }
    const [oldest] = looks;
    if (oldest && this.#looks >= this.most) {
      this.#looks -= looks.length - 1;
      this.#dropped += looks.length;
      looks.splice(0, looks.length, {
        ...look,
        first: oldest.first,
        gap: oldest.gap ?? {
          from: new Date(oldest.at).toISOString(),
          to: new Date(look.at).toISOString(),
          cause: 'buffer-full',
        },
      });
      return;
    }
    looks.push(look);
    this.#looks += 1;
  }

  addFact(stream: string, cluster: string, fact: HistoryFact): void {
    this.#of(stream, cluster).facts.push(fact);
  }

  /** Takes out what has been recorded: the first of each. */
  done(stream: string, looks: Look[], facts: HistoryFact[]): void {
    const waiting = this.#waiting.get(stream);
    if (!waiting) {
      return;
    }
    const before = waiting.looks.length;
    waiting.looks = waiting.looks.filter(look => !looks.includes(look));
    this.#looks -= before - waiting.looks.length;
    waiting.facts = waiting.facts.filter(fact => !facts.includes(fact));
    if (waiting.looks.length === 0 && waiting.facts.length === 0) {
      this.#waiting.delete(stream);
    }
  }

  #of(stream: string, cluster: string): Waiting {
    const known = this.#waiting.get(stream);
    if (known) {
      return known;
    }
    const waiting = { cluster, looks: [], facts: [] };
    this.#waiting.set(stream, waiting);
    return waiting;
  }
}
