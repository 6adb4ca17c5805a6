import type { Clock } from '@progressive-delivery/kube';

/** However long a task's own timeout is. */
const LONGEST = 5 * 60_000;

export interface BesideWorkOptions<Task, Done> {
  /** Does one task; must not reject. */
  perform: (task: Task, signal: AbortSignal) => Promise<Done>;
  /** Tasks with the same key are not done at the same time, nor again before the answer is recorded. */
  keyOf: (task: Task) => string;
  keyOfDone: (done: Done) => string;
  clock: Clock;
  /** Tasks done at the same time; the others wait. Default 64. */
  concurrency?: number;
}

interface InFlight {
  controller: AbortController;
  begin: () => void;
}

/**
 * Slow things that objects wait for, done beside the workers: one that hangs
 * costs a slot until its timeout, never a worker (fault 20). What is done is
 * kept until it is in the object's status.
 */
export class BesideWork<Task, Done> {
  readonly #options: BesideWorkOptions<Task, Done>;
  readonly #inFlight = new Map<string, Map<string, InFlight>>();
  readonly #done = new Map<string, Done[]>();
  readonly #waiting: InFlight[] = [];
  #active = 0;

  constructor(options: BesideWorkOptions<Task, Done>) {
    this.#options = options;
  }

  /**
   * Begins what is due and not being done already.
   *
   * @param uid - of the object that waits
   * @param onDone - called when one of them has ended
   * @returns whether none of them was being done, or had just been done
   */
  begin(uid: string, tasks: Task[], onDone: () => void): boolean {
    const ofObject = this.#inFlight.get(uid) ?? new Map<string, InFlight>();
    this.#inFlight.set(uid, ofObject);
    const ended = new Set(this.#done.get(uid)?.map(this.#options.keyOfDone));
    let all = true;
    for (const task of tasks) {
      const key = this.#options.keyOf(task);
      if (ofObject.has(key) || ended.has(key)) {
        all = false;
        continue;
      }
      const entry: InFlight = {
        controller: new AbortController(),
        begin: () => void this.#perform(uid, task, entry, onDone),
      };
      ofObject.set(key, entry);
      this.#waiting.push(entry);
    }
    this.#pump();
    return all;
  }

  /** What has ended and is not in the object's status yet. */
  done(uid: string): Done[] {
    return [...(this.#done.get(uid) ?? [])];
  }

  /** These are in the object's status now. */
  recorded(uid: string, recorded: Done[]) {
    const left = (this.#done.get(uid) ?? []).filter(
      each => !recorded.includes(each),
    );
    if (left.length) this.#done.set(uid, left);
    else this.#done.delete(uid);
  }

  /** Nobody waits for this object's tasks any more. */
  forget(uid: string) {
    for (const { controller } of this.#inFlight.get(uid)?.values() ?? []) {
      controller.abort();
    }
    this.#inFlight.delete(uid);
    this.#done.delete(uid);
  }

  stop() {
    for (const uid of [...this.#inFlight.keys()]) this.forget(uid);
    this.#waiting.length = 0;
  }

  #pump() {
    while (this.#active < (this.#options.concurrency ?? 64)) {
      const next = this.#waiting.shift();
      if (!next) return;
      if (next.controller.signal.aborted) continue;
      this.#active += 1;
      next.begin();
    }
  }

  async #perform(uid: string, task: Task, entry: InFlight, onDone: () => void) {
    const { signal } = entry.controller;
    const cancel = this.#options.clock.after(LONGEST, () =>
      entry.controller.abort(
        new Error(`no answer within ${LONGEST / 60_000} minutes`),
      ),
    );
    const done = await this.#options.perform(task, signal);
    cancel();
    this.#active -= 1;
    const ofObject = this.#inFlight.get(uid);
    const key = this.#options.keyOf(task);
    if (ofObject?.get(key) === entry) {
      ofObject.delete(key);
      this.#done.set(uid, [...(this.#done.get(uid) ?? []), done]);
      onDone();
    }
    this.#pump();
  }
}
