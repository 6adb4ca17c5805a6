import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Clock } from '@progressive-delivery/kube';
import type { EntityPermissions, RolloutAccess } from '../access/RolloutAccess';
import { entityState } from '../view/entityRollouts';
import type { RolloutViews, ViewChange } from '../view/RolloutViews';
import { EventStream, type EventSink } from './EventStream';

const HEARTBEAT_MILLISECONDS = 15_000;
/** Permissions are asked again with every second heartbeat. */
const HEARTBEATS_PER_CHECK = 2;
/** A reader that takes nothing for so many heartbeats is gone. */
const MOST_BLOCKED_HEARTBEATS = 4;

export interface StreamOptions {
  entityRef: string;
  credentials: BackstageCredentials;
  permitted: EntityPermissions;
  lastEventId?: string;
  sink: EventSink & { end(): void };
}

interface Session extends StreamOptions {
  stream: EventStream;
  heartbeats: number;
  blockedHeartbeats: number;
}

/** All open event streams of this process. */
export class EntityStreams {
  readonly #sessions = new Set<Session>();
  readonly #stop: () => void;
  #cancelHeartbeat: () => void = () => {};

  constructor(
    private readonly options: {
      views: RolloutViews;
      access: RolloutAccess;
      clock: Clock;
      logger: LoggerService;
    },
  ) {
    this.#stop = options.views.subscribe(change => this.#changed(change));
    this.#beat();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Sends events until the returned function is called. The caller has checked that they may read. */
  open(options: StreamOptions): () => void {
    const session: Session = {
      ...options,
      stream: new EventStream(options.sink),
      heartbeats: 0,
      blockedHeartbeats: 0,
    };
    this.#sessions.add(session);
    session.stream.begin(
      this.#state(session),
      options.lastEventId,
      this.#now(),
    );
    return () => this.#sessions.delete(session);
  }

  /** Ends all streams; readers connect again, to another replica or after the restart. */
  close(): void {
    this.#stop();
    this.#cancelHeartbeat();
    for (const session of this.#sessions) {
      this.#end(session);
    }
  }

  #changed({ entityRefs, clusters }: ViewChange): void {
    for (const session of this.#sessions) {
      if (clusters || entityRefs.has(session.entityRef)) {
        session.stream.update(this.#state(session));
      }
    }
  }

  #beat(): void {
    this.#cancelHeartbeat = this.options.clock.after(
      HEARTBEAT_MILLISECONDS,
      () => {
        for (const session of this.#sessions) {
          this.#beatOne(session);
        }
        this.#beat();
      },
    );
  }

  #beatOne(session: Session): void {
    session.heartbeats += 1;
    session.blockedHeartbeats = session.stream.blocked
      ? session.blockedHeartbeats + 1
      : 0;
    if (session.blockedHeartbeats >= MOST_BLOCKED_HEARTBEATS) {
      this.#end(session);
      return;
    }
    session.stream.heartbeat(this.#now());
    if (session.heartbeats % HEARTBEATS_PER_CHECK === 0) {
      void this.#checkAgain(session);
    }
  }

  /** A right that was taken away, or a token that ran out, ends the stream. */
  async #checkAgain(session: Session): Promise<void> {
    const { access, logger } = this.options;
    const { credentials, entityRef } = session;
    try {
      const readable = await access.readable(credentials, [entityRef]);
      if (!this.#sessions.has(session)) {
        return;
      }
      if (!readable.has(entityRef)) {
        this.#end(session);
        return;
      }
      const permitted = await access.permitted(credentials, entityRef);
      if (!this.#sessions.has(session)) {
        return;
      }
      session.permitted = permitted;
      session.stream.update(this.#state(session));
    } catch (error) {
      logger.debug(
        `A stream of ${entityRef} ends, because its permissions cannot be asked for again: ${error}`,
      );
      this.#end(session);
    }
  }

  #end(session: Session): void {
    if (this.#sessions.delete(session)) {
      session.sink.end();
    }
  }

  #state({ entityRef, permitted }: Session) {
    const { views, access } = this.options;
    return entityState(views, access, entityRef, permitted);
  }

  #now(): string {
    return new Date(this.options.clock.now()).toISOString();
  }
}
