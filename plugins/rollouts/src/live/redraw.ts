/** At most four redraws a second. */
export const REDRAW_MS = 250;

/**
 * Collects values and hands on the newest: the first at once, later ones no
 * closer together than {@link REDRAW_MS}.
 */
export class Redraw<T> {
  private readonly draw: (value: T) => void;
  private readonly now: () => number;
  private timer?: ReturnType<typeof setTimeout>;
  private pending?: { value: T };
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(draw: (value: T) => void, now: () => number) {
    this.draw = draw;
    this.now = now;
  }

  offer(value: T): void {
    this.pending = { value };
    if (this.timer !== undefined) {
      return;
    }
    const due = this.lastAt + REDRAW_MS - this.now();
    if (due <= 0) {
      this.flush();
    } else {
      this.timer = setTimeout(() => this.flush(), due);
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const pending = this.pending;
    this.pending = undefined;
    if (pending) {
      this.lastAt = this.now();
      this.draw(pending.value);
    }
  }
}
