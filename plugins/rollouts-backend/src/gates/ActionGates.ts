import {
  isGatedAction,
  type ActionLock,
  type ActionRefusal,
  type ActionResult,
  type RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import type {
  ActingSubject,
  ActionGate,
  GateChange,
  GateSubject,
} from './ActionGate';

/** A subject whose action may be one that no gate is asked about. */
export type Ungated<T extends GateSubject> = Omit<T, 'action'> & {
  action: RolloutAction;
};

/** All gates, in the order in which their locks are shown. */
export class ActionGates {
  constructor(
    private readonly gates: readonly ActionGate[],
    private readonly clock: Pick<Clock, 'now'>,
    private readonly logger: Pick<LoggerService, 'error'>,
  ) {}

  /** What locks an action, from memory. */
  look(subject: Ungated<GateSubject>): ActionLock[] {
    if (!isGated(subject)) {
      return [];
    }
    const now = this.clock.now();
    return this.gates.flatMap(gate => gate.look(subject, now));
  }

  /** Like `admit`, but answers with the locks. */
  async locks(subject: Ungated<ActingSubject>): Promise<ActionLock[]> {
    if (!isGated(subject)) {
      return [];
    }
    const now = this.clock.now();
    for (const gate of this.gates) {
      const locks = await gate.admit(subject, now);
      if (locks.length > 0) {
        return locks;
      }
    }
    return [];
  }

  /**
   * @throws ActionRefusedError with the locks of the first gate that has any;
   *   the gates after it are not asked, so that none is used up in vain
   */
  async admit(subject: Ungated<ActingSubject>): Promise<void> {
    const locks = await this.locks(subject);
    const [first] = locks;
    if (first) {
      throw new ActionRefusedError(lockedRefusal(first, locks));
    }
  }

  /** Tells the gates what became of it; a gate that fails hinders no other. */
  async settle(
    subject: Pick<ActingSubject, 'actionId' | 'ref' | 'uid'> & {
      action: RolloutAction;
    },
    outcome: { result: ActionResult } | { refusal: ActionRefusal },
  ): Promise<void> {
    const { action } = subject;
    if (!isGatedAction(action)) {
      return;
    }
    for (const gate of this.gates) {
      try {
        await gate.settle?.({ ...subject, action }, outcome);
      } catch (error) {
        this.logger.error(
          `The ${gate.gate} gate was not told what became of action ${subject.actionId}: ${error}`,
        );
      }
    }
  }

  /** Calls back with what any gate says. */
  subscribe(listener: (change: GateChange) => void): () => void {
    const unsubscribe = this.gates.map(gate => gate.subscribe(listener));
    return () => unsubscribe.forEach(each => each());
  }
}

function isGated<T extends GateSubject>(
  subject: Ungated<T>,
): subject is Ungated<T> & T {
  return isGatedAction(subject.action);
}

function lockedRefusal(first: ActionLock, locks: ActionLock[]): ActionRefusal {
  return {
    code: 'locked',
    message: locks.map(({ reason }) => reason).join(' '),
    remedy: first.remedy,
    locks,
  };
}
