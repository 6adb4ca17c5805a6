import { createHash } from 'node:crypto';
import type {
  KubeEvent,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  NotFoundError,
  pause,
  RESOURCES,
  type Clock,
  type KubeClient,
} from '@progressive-delivery/kube';
import type { PlannedEvent } from '../rollout/plan';
import { formatTime } from '../analysis/plan/time';

const COMPONENT = 'rollouts-controller';
/** Events that wait to be written; beyond it the newest are dropped. */
const BACKLOG = 10_000;
/** Objects whose events are written at the same time: while nothing else has to be done, and while something has. */
const AT_ONCE = { idle: 8, busy: 2 };
/** Repeated events that are counted instead of written again. */
const REMEMBERED = 4_096;

export interface EventRecorderOptions {
  client: Pick<KubeClient, 'create' | 'patch'>;
  clock: Clock;
  /** Whether rollouts wait for their turn; then events take less of the cluster's time. */
  isBusy?: () => boolean;
  /** Told of each event that is to be written. */
  onRecord?: (about: KubeObject, event: PlannedEvent) => void;
  /** Told when an event could not be written; it is lost. */
  onError: (error: unknown) => void;
}

interface Known {
  namespace: string;
  name: string;
  count: number;
}

/** Of an object only what says which it is. */
type About = NonNullable<KubeEvent['involvedObject']>;

/** An event that waits to be written. */
interface Waiting {
  about: About;
  event: PlannedEvent;
  /** When it happened, not when it is written. */
  timestamp: string;
}

/**
 * Writes Events beside the work, never in its way: those about one object in
 * order, one at a time, with a bounded backlog. The same event about the same
 * object is written once and counted.
 */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #known = new Map<string, Known>();
  readonly #backlog: Waiting[] = [];
  /** Objects that an event is being written about. */
  readonly #busy = new Set<string>();
  #flushing: (() => void)[] = [];
  #sequence = 0;
  #dropped = 0;
  /** Said already that events are lost, since the last that was not. */
  #isFull = false;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  /** How many events were lost because the cluster took none for too long. */
  get dropped(): number {
    return this.#dropped;
  }

  record(about: KubeObject, event: PlannedEvent) {
    this.#options.onRecord?.(about, event);
    if (this.#backlog.length >= BACKLOG) {
      this.#dropped += 1;
      if (!this.#isFull) {
        this.#options.onError(new Error(`${BACKLOG} others wait already`));
      }
      this.#isFull = true;
      return;
    }
    this.#isFull = false;
    const { name, namespace, uid } = about.metadata;
    const { apiVersion, kind } = about;
    this.#backlog.push({
      about: { apiVersion, kind, name, namespace, uid },
      event,
      timestamp: formatTime(this.#options.clock.now()),
    });
    this.#next();
  }

  /** Resolves once nothing waits. */
  async flush(): Promise<void> {
    if (this.#busy.size === 0) return;
    await new Promise<void>(resolve => {
      this.#flushing.push(resolve);
    });
  }

  /**
   * Writes what waits, for at most so long. What is left then is lost; returns
   * how many that is.
   */
  async close(milliseconds: number): Promise<number> {
    const late = new AbortController();
    await Promise.race([
      this.flush(),
      pause(this.#options.clock, milliseconds, late.signal),
    ]);
    late.abort();
    const lost = this.#backlog.splice(0).length;
    this.#dropped += lost;
    return lost;
  }

  /** Begins with the oldest event whose object has none under way. */
  #next() {
    const { isBusy, onError } = this.#options;
    const most = isBusy?.() ? AT_ONCE.busy : AT_ONCE.idle;
    while (this.#busy.size < most) {
      const index = this.#backlog.findIndex(
        ({ about }) => !this.#busy.has(idOf(about)),
      );
      const [waiting] = index < 0 ? [] : this.#backlog.splice(index, 1);
      if (!waiting) break;
      const id = idOf(waiting.about);
      this.#busy.add(id);
      this.#write(waiting)
        .catch(onError)
        .finally(() => {
          this.#busy.delete(id);
          this.#next();
        });
    }
    if (this.#busy.size > 0) return;
    this.#flushing.splice(0).forEach(resolve => resolve());
  }

  async #write({ about, event, timestamp }: Waiting) {
    const key = createHash('sha256')
      .update(
        JSON.stringify([about.uid, event.type, event.reason, event.message]),
      )
      .digest('base64');
    const known = this.#known.get(key);
    if (known) {
      this.#known.delete(key);
      try {
        await this.#options.client.patch(
          RESOURCES.events,
          { namespace: known.namespace, name: known.name },
          { count: known.count + 1, lastTimestamp: timestamp },
          { type: 'merge' },
        );
        this.#remember(key, { ...known, count: known.count + 1 });
        return;
      } catch (error) {
        // The cluster forgets events after an hour: write it anew.
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    const namespace = about.namespace ?? 'default';
    this.#sequence += 1;
    const moment = this.#options.clock.now() * 1_000 + (this.#sequence % 1_000);
    const name = `${about.name}.${moment.toString(16)}`;
    const created: KubeEvent = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      type: event.type,
      reason: event.reason,
      message: event.message.slice(0, 1_024),
      count: 1,
      firstTimestamp: timestamp,
      lastTimestamp: timestamp,
      source: { component: COMPONENT },
      reportingComponent: COMPONENT,
      involvedObject: about,
    };
    await this.#options.client.create(RESOURCES.events, created);
    this.#remember(key, { namespace, name, count: 1 });
  }

  #remember(key: string, known: Known) {
    this.#known.set(key, known);
    if (this.#known.size <= REMEMBERED) return;
    const [oldest] = this.#known.keys();
    this.#known.delete(oldest as string);
  }
}

function idOf({ uid, name }: About): string {
  return uid ?? name ?? '';
}
