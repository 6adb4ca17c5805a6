import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TimelineEntry } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { ActionRecord } from './ActionRecord';
import type { ActionStore } from './ActionStore';

const KEPT_PER_ROLLOUT = 50;
const AT_START = 2_000;
const OVERLAP_MILLISECONDS = 10_000;

export interface ActionLogOptions {
  store: () => ActionStore | undefined;
  clock: Clock;
  logger: LoggerService;
  /** Between two looks for what other replicas did; default 5 s. */
  intervalMilliseconds?: number;
  /** Called with `cluster/namespace/name`. */
  onRecorded: (key: string) => void;
  /** Called with what was done here or on another replica, once or more often. */
  onRecord?: (record: ActionRecord) => void;
}

/**
 * What people did lately, in memory, so that a page asks no database. What
 * other replicas did is read every few seconds.
 */
export class ActionLog {
  readonly #options: ActionLogOptions;
  readonly #entries = new Map<string, TimelineEntry[]>();
  #since = 0;
  #loaded = false;
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: ActionLogOptions) {
    this.#options = options;
  }

  entries(uid: string): TimelineEntry[] {
    return this.#entries.get(uid) ?? [];
  }

  /** Newest first; the same record a second time changes nothing. */
  add(record: ActionRecord): void {
    const known = this.#entries.get(record.uid) ?? [];
    const entry = toEntry(record);
    if (known.some(({ id }) => id === entry.id)) {
      return;
    }
    this.#entries.set(
      record.uid,
      [entry, ...known]
        .sort((a, b) => b.at.localeCompare(a.at))
        .slice(0, KEPT_PER_ROLLOUT),
    );
    this.#options.onRecord?.(record);
    const { cluster, namespace, name } = record.ref;
    this.#options.onRecorded(`${cluster}/${namespace}/${name}`);
  }

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, intervalMilliseconds = 5_000, logger } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#read();
      } catch (error) {
        logger.debug(`The record of actions cannot be read: ${error}`);
      }
      await pause(clock, intervalMilliseconds, signal);
    }
  }

  async #read(): Promise<void> {
    const store = this.#options.store();
    if (!store) {
      return;
    }
    const records = this.#loaded
      ? await store.finishedSince(this.#since - OVERLAP_MILLISECONDS, 1_000)
      : await store.latest(AT_START);
    this.#loaded = true;
    for (const record of records) {
      this.#since = Math.max(this.#since, record.changedAt);
      this.add(record);
    }
  }
}

function toEntry(record: ActionRecord): TimelineEntry {
  const { outcome, action, reason, emergency = false } = record;
  const refused = outcome && 'refusal' in outcome;
  const message =
    outcome &&
    ('refusal' in outcome ? outcome.refusal.message : outcome.result.message);
  return {
    id: `action/${record.id}`,
    at: `${new Date(record.startedAt).toISOString().slice(0, 19)}Z`,
    source: 'action',
    severity: refused || emergency ? 'warning' : 'info',
    title: [
      action,
      emergency ? 'in an emergency' : '',
      refused ? 'refused' : '',
    ]
      .filter(Boolean)
      .join(' '),
    text: [message, reason && `“${reason}”`].filter(Boolean).join(' '),
    by: record.principal,
  };
}
