import type { ExperimentStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { BaseDraft } from '../rollout/baseDraft';
import type { Plan, PlannedEvent } from '../rollout/plan';

/** What to do about one experiment now. */
export interface ExperimentPlan extends Plan<ExperimentStatus> {
  /** To be recorded about the rollout that the experiment belongs to, if any. */
  ownerEvents: PlannedEvent[];
}

/** An experiment's plan in the making. */
export class ExperimentDraft extends BaseDraft<ExperimentStatus> {
  readonly ownerEvents: PlannedEvent[] = [];

  /**
   * Notes that something went from one phase to another, as an Event of the
   * reference's reason and wording.
   */
  transition(
    what: string,
    reason: string,
    from: string | undefined,
    to: string,
    message?: string,
  ): PlannedEvent {
    const bad = ['Failed', 'Error', 'Inconclusive'].includes(to);
    const event: PlannedEvent = {
      type: bad ? 'Warning' : 'Normal',
      reason: `${reason}${to}`,
      message: `${what} transitioned from ${from ?? ''} -> ${to}${message ? `: ${message}` : ''}`,
    };
    this.events.push(event);
    return event;
  }

  override finish(): ExperimentPlan {
    return { ...super.finish(), ownerEvents: this.ownerEvents };
  }
}
