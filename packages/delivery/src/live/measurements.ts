import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { DueMeasurement, MeasurementDone } from '../analysis';

/** However long a provider's own timeout is. */
const LONGEST = 5 * 60_000;

export interface MeasurementsOptions {
  /** Takes one measurement; must not reject. */
  measure: (
    run: AnalysisRun,
    due: DueMeasurement,
    signal: AbortSignal,
  ) => Promise<MeasurementDone>;
  /** Called when a measurement of the run has ended. */
  onDone: (run: AnalysisRun) => void;
  clock: Clock;
  /** Measurements taken at the same time; the others wait. Default 64. */
  concurrency?: number;
}

interface InFlight {
  controller: AbortController;
  begin: () => void;
}

/**
 * Measurements that are being taken, beside the workers: a provider that
 * hangs costs a slot until its timeout, never a worker (fault 20). What is
 * done is kept until it is in the run's status.
 */
export class Measurements {
  readonly #options: MeasurementsOptions;
  readonly #inFlight = new Map<string, Map<string, InFlight>>();
  readonly #done = new Map<string, MeasurementDone[]>();
  readonly #changed = new Set<string>();
  readonly #waiting: InFlight[] = [];
  #active = 0;

  constructor(options: MeasurementsOptions) {
    this.#options = options;
  }

  /** Begins what is due and not being done already. */
  begin(run: AnalysisRun, due: DueMeasurement[]) {
    const uid = run.metadata.uid ?? '';
    const ofRun = this.#inFlight.get(uid) ?? new Map<string, InFlight>();
    this.#inFlight.set(uid, ofRun);
    const ended = new Set(this.#done.get(uid)?.map(done => done.metricName));
    for (const each of due) {
      const name = each.metric.name;
      if (ofRun.has(name) || ended.has(name)) continue;
      const entry: InFlight = {
        controller: new AbortController(),
        begin: () => void this.#take(run, each, entry),
      };
      ofRun.set(name, entry);
      this.#waiting.push(entry);
    }
    this.#pump();
  }

  /** What has ended and is not in the run's status yet. */
  done(uid: string): MeasurementDone[] {
    return [...(this.#done.get(uid) ?? [])];
  }

  /** Something that the run's unfinished measurements wait for has changed. */
  noteChange(uid: string) {
    this.#changed.add(uid);
  }

  /** Whether anything was noted since this was last asked. */
  takeChange(uid: string): boolean {
    return this.#changed.delete(uid);
  }

  /** These are in the run's status now. */
  recorded(uid: string, recorded: MeasurementDone[]) {
    const left = (this.#done.get(uid) ?? []).filter(
      each => !recorded.includes(each),
    );
    if (left.length) this.#done.set(uid, left);
    else this.#done.delete(uid);
  }

  /** Nobody waits for this run's measurements any more. */
  forget(uid: string) {
    for (const { controller } of this.#inFlight.get(uid)?.values() ?? []) {
      controller.abort();
    }
    this.#inFlight.delete(uid);
    this.#done.delete(uid);
    this.#changed.delete(uid);
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

  async #take(run: AnalysisRun, due: DueMeasurement, entry: InFlight) {
    const uid = run.metadata.uid ?? '';
    const { signal } = entry.controller;
    const cancel = this.#options.clock.after(LONGEST, () =>
      entry.controller.abort(),
    );
    const done = await this.#options.measure(run, due, signal);
    cancel();
    this.#active -= 1;
    const ofRun = this.#inFlight.get(uid);
    if (ofRun?.get(due.metric.name) === entry) {
      ofRun.delete(due.metric.name);
      this.#done.set(uid, [...(this.#done.get(uid) ?? []), done]);
      this.#options.onDone(run);
    }
    this.#pump();
  }
}
