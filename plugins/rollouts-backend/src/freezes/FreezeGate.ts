import type { ActionLock } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ActingSubject,
  ActionGate,
  GateChange,
  GateSubject,
} from '../gates/ActionGate';
import { freezeLock } from './freezeLock';
import { isFrozen } from './isFrozen';
import type { StoredFreezes } from './store/StoredFreezes';
import type { FreezeCalendar } from './windows/FreezeCalendar';

export interface FreezeGateOptions {
  calendar: Pick<FreezeCalendar, 'applying' | 'subscribe'>;
  stored: Pick<StoredFreezes, 'refresh'>;
  /** The pod hash that an undo of a rollout would bring back, if known. */
  undoTarget: (subject: GateSubject, toRevision?: number) => string | undefined;
}

/** Locks actions while a freeze window is going on. */
export class FreezeGate implements ActionGate {
  readonly gate = 'freeze';

  constructor(private readonly options: FreezeGateOptions) {}

  look(subject: GateSubject, now: number): ActionLock[] {
    return this.#locks(subject, now);
  }

  async admit(subject: ActingSubject, now: number): Promise<ActionLock[]> {
    try {
      // Another replica may have made a window a moment ago.
      await this.options.stored.refresh();
    } catch (error) {
      return [unknownLock(error)];
    }
    return this.#locks(subject, now, subject.details.toRevision).filter(
      ({ emergency }) => subject.emergency === undefined || !emergency,
    );
  }

  subscribe(listener: (change: GateChange) => void): () => void {
    return this.options.calendar.subscribe(() => listener('all'));
  }

  #locks(subject: GateSubject, now: number, toRevision?: number): ActionLock[] {
    const { calendar, undoTarget } = this.options;
    const { ref, tier, rollout, entities, action } = subject;
    const applying = calendar.applying(
      { cluster: ref.cluster, tier, rollout, entities },
      now,
    );
    return applying.length > 0 &&
      isFrozen(action, rollout, () => undoTarget(subject, toRevision))
      ? applying.map(freezeLock)
      : [];
  }
}

/** What cannot be found out is closed. */
function unknownLock(error: unknown): ActionLock {
  return {
    gate: 'freeze',
    name: 'unknown',
    reason: `Whether a freeze is going on is not known: ${error instanceof Error ? error.message : error}`,
    remedy: 'Try again when the database answers. Abort is always possible.',
    emergency: false,
  };
}
