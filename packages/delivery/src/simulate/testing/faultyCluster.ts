import type {
  Experiment,
  KubeObject,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Write } from '../../rollout/plan';
import { CheckedCluster } from './checkedCluster';

/** What goes wrong with one write. */
export type WriteFault =
  /** The process dies before it is sent. */
  | 'killed before'
  /** It is done, and the process dies before it hears of that. */
  | 'killed after'
  /** Somebody else has just edited the object: it is refused. */
  | 'conflict';

/** The write whose turn it was has gone wrong; the turn is over. */
export class WriteFaultError extends Error {
  readonly name = 'WriteFaultError';
  constructor(
    readonly at: number,
    what: string,
  ) {
    super(what);
  }
}

/** A cluster in which one single write goes wrong, by its number. */
export class FaultyCluster extends CheckedCluster {
  /** Writes so far, of objects and of status alike. */
  writes = 0;
  /** Which write goes wrong, from 1. */
  fails?: { number: number; fault: WriteFault };
  #now = 0;

  override apply(write: Write, now: number): void {
    this.#now = now;
    this.#meet(() => super.apply(write, now), write.reason);
  }

  override setStatus(status: RolloutStatus): boolean {
    if (JSON.stringify(status) === JSON.stringify(this.rollout.status)) {
      return false;
    }
    this.#meet(() => super.setStatus(status), 'status of the rollout');
    return true;
  }

  override setExperimentStatus(
    name: string,
    status: NonNullable<Experiment['status']>,
  ): void {
    this.#meet(
      () => super.setExperimentStatus(name, status),
      `status of ${name}`,
    );
  }

  override snapshot(now: number) {
    this.#now = now;
    return super.snapshot(now);
  }

  #meet(write: () => void, what: string) {
    this.writes += 1;
    const { number, fault } = this.fails ?? {};
    if (this.writes !== number) {
      write();
      return;
    }
    if (fault === 'conflict') this.#touch();
    if (fault === 'killed after') write();
    throw new WriteFaultError(this.#now, `${fault}: ${what}`);
  }

  /** Somebody notes something on every object that there is. */
  #touch() {
    const touched = <T extends KubeObject>(object: T): T =>
      this.stamped(
        {
          ...object,
          metadata: {
            ...object.metadata,
            annotations: { ...object.metadata.annotations, touched: 'yes' },
          },
        },
        this.#now,
      );
    this.rollout = touched(this.rollout);
    for (const [name, each] of this.replicaSets) {
      this.replicaSets.set(name, touched(each));
    }
    for (const [name, each] of this.services) {
      this.services.set(name, touched(each));
    }
    for (const [name, each] of this.routes) {
      this.routes.set(name, touched(each));
    }
  }
}
