import type { Clock } from '../clock/clock';

/** Notices when nothing has been heard for too long: a half-open connection says so in no other way. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #onSilence: () => void;
  #lastActivity: number;
  #silent = false;
  #cancel = () => {};

  /** @param limit - silence that is too long, in milliseconds */
  constructor(clock: Clock, limit: number, onSilence: () => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#onSilence = onSilence;
    this.#lastActivity = clock.monotonic();
  }

  /** Whether it was silent for too long. */
  get silent(): boolean {
    return this.#silent;
  }

  /** Begins to watch, from now. */
  start() {
    this.heard();
    this.#arm(this.#limit);
  }

  heard() {
    this.#lastActivity = this.#clock.monotonic();
  }

  stop() {
    this.#cancel();
  }

  // One timer for many signs of life: it looks how long ago the last one was.
  #arm(milliseconds: number) {
    this.#cancel = this.#clock.after(milliseconds, () => {
      const left = this.#lastActivity + this.#limit - this.#clock.monotonic();
      if (left > 0) {
        this.#arm(left);
        return;
      }
      this.#silent = true;
      this.#onSilence();
    });
  }
}
