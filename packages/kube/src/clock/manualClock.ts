import type { Clock } from './clock';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock that stands still until it is moved, for tests. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #watchers = new Set<() => void>();
  #wall: number;
  #elapsed = 0;

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#wall = start;
  }

  now() {
    return this.#wall;
  }

  monotonic() {
    return this.#elapsed;
  }

  /** How many timers wait. */
  get pending() {
    return this.#timers.size;
  }

  /** Milliseconds until the earliest timer; `undefined` when none waits. */
  get untilNext(): number | undefined {
    const earliest = this.#earliest();
    return earliest && Math.max(0, earliest.at - this.#elapsed);
  }

  after(milliseconds: number, callback: () => void) {
    const timer = { at: this.#elapsed + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    for (const watcher of [...this.#watchers]) watcher();
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Lets time pass; due timers fire in their order, each at its own moment. */
  advance(milliseconds: number) {
    const end = this.#elapsed + milliseconds;
    for (;;) {
      const next = this.#earliest();
      if (!next || next.at > end) break;
      this.#moveTo(next.at);
      this.#timers.delete(next);
      next.callback();
    }
    this.#moveTo(end);
  }

  /** The wall clock is set by somebody; no time passes. */
  jumpWall(milliseconds: number) {
    this.#wall += milliseconds;
  }

  /** Resolves once a timer due within `milliseconds` from now exists. */
  timerWithin(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const check = () => {
        const next = this.untilNext;
        if (next === undefined || next > milliseconds) return;
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
      check();
    });
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (!earliest || timer.at < earliest.at) earliest = timer;
    }
    return earliest;
  }

  #moveTo(elapsed: number) {
    const step = Math.max(0, elapsed - this.#elapsed);
    this.#elapsed += step;
    this.#wall += step;
  }
}
