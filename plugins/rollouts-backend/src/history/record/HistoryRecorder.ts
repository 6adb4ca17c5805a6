import { isDeepStrictEqual } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ReleaseGap,
  RevisionOutcome,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { FactData, HistoryFact } from '../facts/HistoryFact';
import type { HistoryStore, StreamHead } from '../store/HistoryStore';
import { NOTHING_KNOWN } from '../transitions/StreamState';
import { Buffer, type Look } from './Buffer';
import { planAppends, type PlannedAppend } from './planAppends';

const FLUSH_MILLISECONDS = 250;
const RETRY_MILLISECONDS = 2_000;
/** Streams in one transaction. */
const BATCH = 100;
const MOST_BUFFERED = 20_000;
/** How often other replicas may be faster at the same chain in one flush. */
const MOST_TURNS = 20;

export interface HistoryRecorderOptions {
  store: () => HistoryStore | undefined;
  /** The gap before this process began to watch a cluster, by the database. */
  gapBefore: (cluster: string) => Promise<ReleaseGap | undefined>;
  clock: Clock;
  logger: LoggerService;
  /** Told when more is known of how updates ended. */
  onOutcomes?: (stream: string) => void;
  /** Told of what has been written. */
  onRecorded?: (stream: string, facts: HistoryFact[]) => void;
  flushMilliseconds?: number;
  mostBuffered?: number;
}

/** One Rollout object: a chain of its own. */
export function streamOf(cluster: string, uid: string): string {
  return `${cluster}/${uid}`;
}

/**
 * Puts on record what happens. Looking costs next to nothing: a look is put
 * into a buffer and worked on later, some at a time. It leaves the buffer when
 * the database has it, so a database that is down loses nothing; what follows
 * from a look is decided on what the chain says, so several replicas write
 * each thing once.
 */
export class HistoryRecorder {
  readonly #options: HistoryRecorderOptions;
  readonly #buffer: Buffer;
  readonly #heads = new Map<string, StreamHead>();
  readonly #gaps = new Map<string, ReleaseGap | undefined>();
  #failure?: string;
  #flushing: Promise<void> = Promise.resolve();
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: HistoryRecorderOptions) {
    this.#options = options;
    this.#buffer = new Buffer(options.mostBuffered ?? MOST_BUFFERED);
  }

  /** How much waits, how much was given up, and why nothing is written. */
  get state(): { waiting: number; dropped: number; failure?: string } {
    return {
      waiting: this.#buffer.size,
      dropped: this.#buffer.dropped,
      failure: this.#failure,
    };
  }

  /** How updates to its revisions ended, by pod hash, as far as was read yet. */
  outcomes(stream: string): ReadonlyMap<string, RevisionOutcome> {
    return new Map(
      Object.entries(this.#heads.get(stream)?.state.outcomes ?? {}),
    );
  }

  look(stream: string, cluster: string, look: Look): void {
    this.#buffer.addLook(stream, cluster, look);
  }

  fact(stream: string, cluster: string, fact: HistoryFact): void {
    this.#buffer.addFact(stream, cluster, fact);
  }

  /** What somebody did, by the id that it has elsewhere. */
  deed<K extends 'action' | 'request' | 'vote' | 'comment' | 'request-ended'>(
    stream: string,
    cluster: string,
    kind: K,
    id: string,
    at: number,
    data: FactData[K],
  ): void {
    this.fact(stream, cluster, {
      kind,
      key: `${kind}/${id}`,
      at,
      data,
    } as HistoryFact);
  }

  /** The gap before this process began to watch a cluster; asked for once. */
  async gapOf(cluster: string): Promise<ReleaseGap | undefined> {
    if (!this.#gaps.has(cluster)) {
      this.#gaps.set(cluster, await this.#options.gapBefore(cluster));
    }
    return this.#gaps.get(cluster);
  }

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  /** Stops after a last attempt to write what waits. */
  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
    try {
      await this.flush();
    } catch (error) {
      this.#options.logger.error(
        `${this.#buffer.size} changes were not recorded before the stop: ${error}`,
      );
    }
  }

  /** Writes all that waits by now. @throws what the database says */
  flush(): Promise<void> {
    const next = this.#flushing.then(() => this.#flush());
    // Whoever waits for this one is told; the next one begins all the same.
    this.#flushing = next.catch(() => {});
    return next;
  }

  async #flush(): Promise<void> {
    const store = this.#options.store();
    if (!store) {
      if (this.#buffer.size > 0) {
        throw new Error('the database has not been opened yet');
      }
      return;
    }
    const streams = this.#buffer.streams;
    for (let start = 0; start < streams.length; start += BATCH) {
      let rest = streams.slice(start, start + BATCH);
      for (let turn = 0; rest.length > 0; turn++) {
        if (turn >= MOST_TURNS) {
          throw new Error('other replicas keep writing to the same chains');
        }
        rest = await this.#write(store, rest);
      }
    }
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const {
      clock,
      logger,
      flushMilliseconds = FLUSH_MILLISECONDS,
    } = this.#options;
    while (!signal.aborted) {
      // Whoever opens the database says so when it does not open.
      if (!this.#options.store()) {
        await pause(clock, flushMilliseconds, signal);
        continue;
      }
      try {
        await this.flush();
        if (this.#failure !== undefined) {
          logger.info('The history is written again.');
        }
        this.#failure = undefined;
        await pause(clock, flushMilliseconds, signal);
      } catch (error) {
        const failure = String(error);
        if (this.#failure === undefined) {
          logger.warn(
            `The history is not written, and waits in memory: ${failure}`,
          );
        }
        this.#failure = failure;
        await pause(clock, RETRY_MILLISECONDS, signal);
      }
    }
  }

  /** Returns the streams at which another replica was faster: to be decided again. */
  async #write(store: HistoryStore, streams: string[]): Promise<string[]> {
    const { clock, logger, onRecorded } = this.#options;
    const unknown = streams.filter(stream => !this.#heads.has(stream));
    const found = await store.heads(unknown);
    for (const stream of unknown) {
      this.#know(
        stream,
        found.get(stream) ?? { seq: 0, present: true, state: NOTHING_KNOWN },
      );
    }
    for (const cluster of new Set(
      streams.flatMap(stream => this.#buffer.get(stream)?.cluster ?? []),
    )) {
      await this.gapOf(cluster);
    }
    const planned = await planAppends(
      streams.flatMap(stream => {
        const waiting = this.#buffer.get(stream);
        const head = this.#heads.get(stream);
        return waiting && head ? [{ stream, head, ...waiting }] : [];
      }),
      cluster => this.#gaps.get(cluster),
      (stream, error) =>
        logger.error(
          `Nothing can be made of what was seen of ${stream}, so it is not in the history: ${error}`,
        ),
    );
    const [idle, busy] = [
      planned.filter(each => !each.append),
      planned.filter(each => each.append),
    ];
    idle.forEach(each => this.#done(each));
    const results = await store.append(
      busy.flatMap(({ append }) => append ?? []),
      clock.now(),
    );
    const moved: string[] = [];
    for (const each of busy) {
      const result = results.get(each.stream);
      if (!result) {
        continue;
      }
      this.#know(each.stream, result.head);
      if (result.moved) {
        moved.push(each.stream);
      } else {
        this.#done(each);
        onRecorded?.(each.stream, each.append?.facts ?? []);
      }
    }
    return moved;
  }

  #know(stream: string, head: StreamHead): void {
    const before = this.#heads.get(stream)?.state.outcomes;
    this.#heads.set(stream, head);
    if (!isDeepStrictEqual(before, head.state.outcomes)) {
      this.#options.onOutcomes?.(stream);
    }
  }

  #done({ stream, looks, facts, gone }: PlannedAppend): void {
    this.#buffer.done(stream, looks, facts);
    if (gone && !this.#buffer.get(stream)) {
      this.#heads.delete(stream);
    }
  }
}
