import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { DueMeasurement, MeasurementDone } from '../analysis';
import { BesideWork } from './besideWork';

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

interface Task {
  run: AnalysisRun;
  due: DueMeasurement;
}

/** Measurements that are being taken, one at a time of each metric of a run. */
export class Measurements {
  readonly #work: BesideWork<Task, MeasurementDone>;
  readonly #onDone: (run: AnalysisRun) => void;
  readonly #changed = new Set<string>();

  constructor({ measure, onDone, clock, concurrency }: MeasurementsOptions) {
    this.#onDone = onDone;
    this.#work = new BesideWork({
      perform: ({ run, due }, signal) => measure(run, due, signal),
      keyOf: ({ due }) => due.metric.name,
      keyOfDone: ({ metricName }) => metricName,
      clock,
      concurrency,
    });
  }

  /**
   * Begins what is due and not being done already.
   *
   * @param afterChange - what is due follows from `hasChanged`. The change is
   * then forgotten, unless one of them was under way: it may have looked before
   * the change came.
   */
  begin(run: AnalysisRun, due: DueMeasurement[], afterChange = false) {
    const uid = run.metadata.uid ?? '';
    const all = this.#work.begin(
      uid,
      due.map(each => ({ run, due: each })),
      () => this.#onDone(run),
    );
    if (afterChange && all) this.#changed.delete(uid);
  }

  /** What has ended and is not in the run's status yet. */
  done(uid: string): MeasurementDone[] {
    return this.#work.done(uid);
  }

  /** Something that the run's unfinished measurements wait for has changed. */
  noteChange(uid: string) {
    this.#changed.add(uid);
  }

  /** Whether anything was noted that they have not been looked after for. */
  hasChanged(uid: string): boolean {
    return this.#changed.has(uid);
  }

  /** These are in the run's status now. */
  recorded(uid: string, recorded: MeasurementDone[]) {
    this.#work.recorded(uid, recorded);
  }

  /** Nobody waits for this run's measurements any more. */
  forget(uid: string) {
    this.#work.forget(uid);
    this.#changed.delete(uid);
  }

  stop() {
    this.#work.stop();
  }
}
