import { createHash } from 'node:crypto';
import type {
  KubeEvent,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  NotFoundError,
  RESOURCES,
  type Clock,
  type KubeClient,
} from '@progressive-delivery/kube';
import type { PlannedEvent } from '../rollout/plan';
import { formatTime } from '../analysis/plan/time';

const COMPONENT = 'rollouts-controller';
/** Events that wait to be written; beyond it the newest are dropped. */
const BACKLOG = 1_000;
/** Objects whose events are written at the same time. */
const AT_ONCE = 8;
/** Repeated events that are counted instead of written again. */
const REMEMBERED = 4_096;

export interface EventRecorderOptions {
  client: Pick<KubeClient, 'create' | 'patch'>;
  clock: Clock;
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

interface Waiting {
  /** Of the object that it is about. */
  uid: string;
  write: () => Promise<void>;
}

/**
 * Writes Events beside the work, never in its way: those about one object in
 * order, one at a time, with a bounded backlog. The same event about the same object is written
 * once and counted.
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
      return;
    }
    const uid = about.metadata.uid ?? about.metadata.name;
    this.#backlog.push({ uid, write: () => this.#write(about, event) });
    this.#next();
  }

  /** Resolves once nothing waits. */
  async flush(): Promise<void> {
    if (this.#busy.size === 0) return;
    await new Promise<void>(resolve => {
      this.#flushing.push(resolve);
    });
  }

  /** Begins with the oldest event whose object has none under way. */
  #next() {
    while (this.#busy.size < AT_ONCE) {
      const index = this.#backlog.findIndex(({ uid }) => !this.#busy.has(uid));
      const [waiting] = index < 0 ? [] : this.#backlog.splice(index, 1);
      if (!waiting) break;
      this.#busy.add(waiting.uid);
      waiting
        .write()
        .catch(error => this.#options.onError(error))
        .finally(() => {
          this.#busy.delete(waiting.uid);
          this.#next();
        });
    }
    if (this.#busy.size > 0) return;
    this.#flushing.splice(0).forEach(resolve => resolve());
  }

  async #write(about: KubeObject, event: PlannedEvent) {
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          about.metadata.uid,
          event.type,
          event.reason,
          event.message,
        ]),
      )
      .digest('base64');
    const known = this.#known.get(key);
    const lastTimestamp = formatTime(this.#options.clock.now());
    if (known) {
      this.#known.delete(key);
      try {
        await this.#options.client.patch(
          RESOURCES.events,
          { namespace: known.namespace, name: known.name },
          { count: known.count + 1, lastTimestamp },
          { type: 'merge' },
        );
        this.#remember(key, { ...known, count: known.count + 1 });
        return;
      } catch (error) {
        // The cluster forgets events after an hour: write it anew.
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    const namespace = about.metadata.namespace ?? 'default';
    this.#sequence += 1;
    const moment = this.#options.clock.now() * 1_000 + (this.#sequence % 1_000);
    const name = `${about.metadata.name}.${moment.toString(16)}`;
    const created: KubeEvent = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      type: event.type,
      reason: event.reason,
      message: event.message.slice(0, 1_024),
      count: 1,
      firstTimestamp: lastTimestamp,
      lastTimestamp,
      source: { component: COMPONENT },
      reportingComponent: COMPONENT,
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name: about.metadata.name,
        namespace: about.metadata.namespace,
        uid: about.metadata.uid,
      },
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
