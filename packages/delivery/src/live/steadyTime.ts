import type { Clock } from '@progressive-delivery/kube';

/** What the wall clock may be off by without having jumped; milliseconds. */
const DRIFT = 2_000;

/**
 * The time by which an object is planned. While something of it is timed, a
 * pause or a delay before pods go, it passes evenly: when the wall clock jumps,
 * no delay is over early, and none lasts an hour longer (fault 17). Afterwards
 * it is the wall clock's again.
 */
export class SteadyTime {
  /** Between the two clocks, of objects for which something is timed, by uid. */
  readonly #offsets = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /**
   * @param isTimed - something of it ends by time
   * @returns milliseconds since the epoch
   */
  now(uid: string, isTimed: boolean): number {
    const wall = this.clock.now();
    const monotonic = this.clock.monotonic();
    const known = isTimed ? this.#offsets.get(uid) : undefined;
    const offset = wall - monotonic;
    if (known !== undefined && Math.abs(offset - known) > DRIFT) {
      return Math.round(monotonic + known);
    }
    if (isTimed) this.#offsets.set(uid, offset);
    else this.#offsets.delete(uid);
    return wall;
  }

  /** Something of it ends by time from this turn on. */
  hold(uid: string): void {
    if (this.#offsets.has(uid)) return;
    this.#offsets.set(uid, this.clock.now() - this.clock.monotonic());
  }

  /** The object is gone. */
  forget(uid: string): void {
    this.#offsets.delete(uid);
  }
}
