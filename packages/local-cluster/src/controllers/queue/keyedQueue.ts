import { Clock } from '../../api/clock';
import { Log } from './log';

/** What a reconcile answers: when to look at the key again, if time matters. */
export interface ReconcileResult {
  /** Milliseconds since the epoch. */
  wakeAt?: number;
}

export interface KeyedQueueOptions {
  name: string;
  clock: Clock;
  log: Log;
  /** Looks at one key and makes the world as it should be. Throwing means: again, later. */
  reconcile(key: string): ReconcileResult | void;
}

const FIRST_RETRY_MS = 10;
const LONGEST_RETRY_MS = 30_000;
/** Keys per turn of the event loop, so that a burst does not block it. */
const BATCH = 50;

/**
 * A level-based work queue: keys are queued, not events. A key that is added
 * many times is reconciled once; a key that fails is retried with doubling
 * delay; a key may ask to be woken at a time.
 */
export class KeyedQueue {
  private readonly due = new Set<string>();
  private readonly wakes = new Map<string, () => void>();
  private readonly failures = new Map<string, number>();
  private cancelTurn: (() => void) | undefined;
  private stopped = false;

  constructor(private readonly options: KeyedQueueOptions) {}

  add(key: string): void {
    if (this.stopped) return;
    this.due.add(key);
    this.scheduleTurn();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTurn?.();
    for (const wake of this.wakes.values()) wake();
    this.wakes.clear();
    this.due.clear();
  }

  private scheduleTurn(): void {
    if (this.cancelTurn || this.stopped) return;
    this.cancelTurn = this.options.clock.after(0, () => {
      this.cancelTurn = undefined;
      this.turn();
    });
  }

  private turn(): void {
    let left = BATCH;
    for (const key of this.due) {
      if (left-- === 0) break;
      this.due.delete(key);
      this.reconcile(key);
    }
    if (this.due.size > 0) this.scheduleTurn();
  }

  private reconcile(key: string): void {
    const { clock, log, name } = this.options;
    this.wakes.get(key)?.();
    this.wakes.delete(key);
    try {
      const result = this.options.reconcile(key);
      this.failures.delete(key);
      if (result?.wakeAt !== undefined) this.wake(key, result.wakeAt);
    } catch (error) {
      const failed = (this.failures.get(key) ?? 0) + 1;
      this.failures.set(key, failed);
      // A conflict is no news: somebody wrote in between.
      if (!isConflict(error)) {
        log(`${name} ${key} failed (${failed}): ${String(error)}`);
      }
      const delay = FIRST_RETRY_MS * 2 ** Math.min(failed - 1, 20);
      this.wake(key, clock.now() + Math.min(delay, LONGEST_RETRY_MS));
    }
  }

  private wake(key: string, at: number): void {
    const cancel = this.options.clock.after(
      Math.max(0, at - this.options.clock.now()),
      () => {
        this.wakes.delete(key);
        this.add(key);
      },
    );
    this.wakes.set(key, cancel);
  }
}

function isConflict(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error as { reason?: unknown }).reason === 'Conflict'
  );
}
