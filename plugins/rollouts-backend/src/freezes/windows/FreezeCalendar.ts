import type { Clock } from '@progressive-delivery/kube';
import { matchSelector, type Selectable } from '../../selection/matchSelector';
import type { FreezeWindow } from './FreezeWindow';
import { OccurrenceCache } from './OccurrenceCache';
import type { Occurrence } from './occurrences';

/** An occurrence with the window that it belongs to. */
export interface WindowOccurrence {
  window: FreezeWindow;
  occurrence: Occurrence;
}

interface Entry {
  window: FreezeWindow;
  cache: OccurrenceCache;
  matches: (subject: Selectable) => boolean;
}

/** A clock that was set is noticed after this, whatever the next boundary is. */
const LOOK_MILLISECONDS = 30_000;

/**
 * All freeze windows, from the configuration and the database, and which of
 * them are going on. What is asked often, which concern this rollout now, looks
 * only at the few that are going on.
 */
export class FreezeCalendar {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  readonly #configured: Entry[];
  #stored: Entry[] = [];
  #active: {
    from: number;
    until: number;
    entries: (Entry & WindowOccurrence)[];
  } = { from: 0, until: 0, entries: [] };
  #said = '';
  #cancel?: () => void;

  constructor(options: { configured: FreezeWindow[]; clock: Clock }) {
    this.#clock = options.clock;
    this.#configured = options.configured.map(entryOf);
  }

  get windows(): FreezeWindow[] {
    return this.#entries.map(({ window }) => window);
  }

  /** Replaces those of the database; one that stays keeps its occurrences. */
  setStored(windows: FreezeWindow[]): void {
    const known = new Map(this.#stored.map(entry => [keyOf(entry), entry]));
    this.#stored = windows.map(window => {
      const entry = entryOf(window);
      return known.get(keyOf(entry)) ?? entry;
    });
    this.#active = { from: 0, until: 0, entries: [] };
    this.#tellChanges();
  }

  /** The occurrence of a window that is going on, or else its next one within a year. */
  next(id: string, now: number): Occurrence | undefined {
    const cache = this.#entries.find(({ window }) => window.id === id)?.cache;
    return cache?.at(now) ?? cache?.after(now);
  }

  /** Those that are going on and concern the rollout, the one that ends last first. */
  applying(subject: Selectable, now: number): WindowOccurrence[] {
    return this.#activeAt(now)
      .filter(entry => concerns(entry, subject))
      .sort((a, b) => b.occurrence.end - a.occurrence.end);
  }

  /** All occurrences within a time, by their start. */
  between(
    from: number,
    to: number,
    isWanted: (window: FreezeWindow) => boolean = () => true,
  ): WindowOccurrence[] {
    return this.#entries
      .filter(({ window }) => isWanted(window))
      .flatMap(({ window, cache }) =>
        cache.between(from, to).map(occurrence => ({ window, occurrence })),
      )
      .sort((a, b) => a.occurrence.start - b.occurrence.start);
  }

  /** Like `between`, for the windows that concern one rollout. */
  betweenOf(subject: Selectable, from: number, to: number): WindowOccurrence[] {
    const concerning = new Set(
      this.#entries
        .filter(entry => concerns(entry, subject))
        .map(({ window }) => window.id),
    );
    return this.between(from, to, ({ id }) => concerning.has(id));
  }

  /** Calls back when other windows are going on than before. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  get #entries(): Entry[] {
    return [...this.#configured, ...this.#stored];
  }

  #activeAt(now: number) {
    if (now < this.#active.from || now >= this.#active.until) {
      const entries = this.#entries.flatMap(entry => {
        const occurrence = entry.cache.at(now);
        return occurrence ? [{ ...entry, occurrence }] : [];
      });
      const boundaries = this.#entries.flatMap(
        ({ cache }) => cache.after(now)?.start ?? [],
      );
      this.#active = {
        from: now,
        until: Math.min(
          ...boundaries,
          ...entries.map(({ occurrence }) => occurrence.end),
          Infinity,
        ),
        entries,
      };
    }
    return this.#active.entries;
  }

  #look(): void {
    this.#tellChanges();
    const now = this.#clock.now();
    const wait = Math.min(this.#active.until - now, LOOK_MILLISECONDS);
    this.#cancel = this.#clock.after(Math.max(1, wait), () => this.#look());
  }

  #tellChanges(): void {
    const saying = JSON.stringify(
      this.#activeAt(this.#clock.now()).map(({ window, occurrence }) => [
        window.id,
        occurrence,
      ]),
    );
    if (saying !== this.#said) {
      this.#said = saying;
      this.#listeners.forEach(listener => listener());
    }
  }
}

function entryOf(window: FreezeWindow): Entry {
  return {
    window,
    cache: new OccurrenceCache(window),
    matches: matchSelector(window.scope),
  };
}

function keyOf({ window }: Entry): string {
  return JSON.stringify([window.id, window.definition, window.ended]);
}

/**
 * A rollout of several entities is excepted only when all of them are: an
 * exception is a privilege, and not to be had by a second catalog entry.
 */
function concerns({ window, matches }: Entry, subject: Selectable): boolean {
  const { entities } = subject;
  const isExcepted =
    entities.length > 0 &&
    entities.every(({ entityRef }) => window.exceptEntities.has(entityRef));
  return !isExcepted && matches(subject);
}
