import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold, HoldSource } from '@progressive-delivery/delivery';
import type { Selectable } from '../selection/matchSelector';
import { momentText } from './freezeLock';
import type {
  FreezeCalendar,
  WindowOccurrence,
} from './windows/FreezeCalendar';

export interface FreezeHoldsOptions {
  calendar: Pick<FreezeCalendar, 'applying' | 'subscribe'>;
  /** What a window's scope looks at. */
  subject: (cluster: string, rollout: Rollout) => Selectable | undefined;
}

/** Tells the embedded controllers which windows hold what goes on by itself. */
export class FreezeHolds {
  constructor(private readonly options: FreezeHoldsOptions) {}

  /** Of one cluster. */
  of(cluster: string): HoldSource {
    return {
      holdsOf: (rollout, now) => this.holds(cluster, rollout, now),
      subscribe: listener => this.options.calendar.subscribe(listener),
    };
  }

  /** Those in force for a rollout, the one that ends last first. */
  holds(cluster: string, rollout: Rollout, now: number): Hold[] {
    const { calendar, subject } = this.options;
    const found = subject(cluster, rollout);
    return found
      ? calendar
          .applying(found, now)
          .filter(({ window }) => window.hold)
          .map(holdOf)
      : [];
  }
}

function holdOf({ window, occurrence }: WindowOccurrence): Hold {
  return {
    name: window.name,
    from: occurrence.start,
    until: occurrence.end,
    untilText: momentText(occurrence.end, window.zone.name),
  };
}
