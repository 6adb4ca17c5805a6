import { createHash } from 'node:crypto';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Clock } from '@progressive-delivery/kube';
import type { ReaderSight } from '../access/ReaderSights';
import { isShown, type FleetFace } from '../fleet/FleetFace';
import { refsOf, type FleetChange } from '../fleet/FleetIndex';
import type { EventSink } from './EventStream';

const HEARTBEAT_MILLISECONDS = 15_000;
/** A reader that takes nothing for so many heartbeats is gone. */
const MOST_BLOCKED_HEARTBEATS = 4;
/** More at once are cheaper to read as a list. */
const MOST_ROWS = 1_000;

export interface FleetStreamOptions {
  credentials: BackstageCredentials;
  sight: ReaderSight;
  lastEventId?: string;
  sink: EventSink & { end(): void };
}

interface Session extends FleetStreamOptions {
  /** The digest of `sight`, as event ids have it. */
  seen: string;
  blocked: boolean;
  /** Something was not written while blocked. */
  missed: boolean;
  blockedHeartbeats: number;
}

/**
 * The open streams of the fleet. Each reader gets the rows that they may see
 * and nothing else; what they may see is asked again with each heartbeat, and
 * when it is something else they are told to read the list again. Nothing is
 * queued for a slow reader: they are told to read again, too.
 */
export class FleetStreams {
  readonly #sessions = new Set<Session>();
  #cancelHeartbeat: () => void = () => {};

  constructor(
    private readonly options: {
      /** Names this process's revisions, so that no other's are taken for them. */
      instance: string;
      revision: () => number;
      since: (
        revision: number,
      ) => Pick<FleetChange, 'faces' | 'former'> | undefined;
      sightOf: (credentials: BackstageCredentials) => Promise<ReaderSight>;
      /** JSON of all clusters. */
      clusters: () => string;
      clock: Clock;
      logger: LoggerService;
    },
  ) {
    this.#beat();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Sends events until the returned function is called. */
  open(options: FleetStreamOptions): () => void {
    const session: Session = {
      ...options,
      seen: digest(options.sight),
      blocked: false,
      missed: false,
      blockedHeartbeats: 0,
    };
    this.#sessions.add(session);
    const missed = this.#missedBy(session);
    if (missed) {
      this.#sendChange(session, missed);
      // Neither has a revision that would tell whether it was missed.
      this.#send(session, 'clusters', this.options.clusters());
      this.#send(session, 'waiting', '{}');
    } else {
      this.#send(session, 'reload', '{}');
    }
    this.#send(session, 'heartbeat', this.#at());
    return () => this.#sessions.delete(session);
  }

  close(): void {
    this.#cancelHeartbeat();
    for (const session of this.#sessions) {
      this.#end(session);
    }
  }

  changed(change: FleetChange): void {
    for (const session of this.#sessions) {
      this.#sendChange(session, change);
      const { sight } = session;
      if (!change.faces.every(({ row }) => sight.isDecided(row.entityRef))) {
        void this.#checkAgain(session);
      }
    }
  }

  clustersChanged(): void {
    const clusters = this.options.clusters();
    for (const session of this.#sessions) {
      this.#send(session, 'clusters', clusters);
    }
  }

  /**
   * What waits for people changed in another way than by rows: somebody has
   * voted. Told to those who see the rollouts.
   */
  waitingChanged(faces: readonly FleetFace[]): void {
    for (const session of this.#sessions) {
      if (faces.some(face => isShown(face, session.sight))) {
        this.#send(session, 'waiting', '{}');
      }
    }
  }

  /** The entities are others: who sees what is decided anew. */
  async sightsChanged(): Promise<void> {
    await Promise.all(
      [...this.#sessions].map(session => this.#checkAgain(session)),
    );
  }

  /** `undefined` also when the reader sees something else than they did then. */
  #missedBy({ lastEventId = '', seen: now }: Session) {
    const [instance, revision, seen] = lastEventId.split(' ');
    return instance === this.options.instance && seen === now
      ? this.options.since(Number(revision))
      : undefined;
  }

  #sendChange(
    session: Session,
    { faces, former }: Pick<FleetChange, 'faces' | 'former'>,
  ): void {
    const { sight } = session;
    const shown = faces.filter(face => isShown(face, sight));
    const there = new Set(shown.map(({ key }) => key));
    const gone = refsOf(
      former.filter(face => !there.has(face.key) && isShown(face, sight)),
    );
    if (shown.length > MOST_ROWS) {
      this.#send(session, 'reload', '{}');
      return;
    }
    if (gone.length > 0) {
      this.#send(session, 'removed', JSON.stringify(gone));
    }
    if (shown.length > 0) {
      this.#send(session, 'rows', `[${shown.map(json).join(',')}]`);
    }
  }

  #beat(): void {
    this.#cancelHeartbeat = this.options.clock.after(
      HEARTBEAT_MILLISECONDS,
      () => {
        for (const session of this.#sessions) {
          session.blockedHeartbeats = session.blocked
            ? session.blockedHeartbeats + 1
            : 0;
          if (session.blockedHeartbeats >= MOST_BLOCKED_HEARTBEATS) {
            this.#end(session);
          } else {
            this.#send(session, 'heartbeat', this.#at());
            void this.#checkAgain(session);
          }
        }
        this.#beat();
      },
    );
  }

  /** A right that was taken away, or a token that ran out, ends the stream. */
  async #checkAgain(session: Session): Promise<void> {
    const { logger, sightOf } = this.options;
    try {
      const sight = await sightOf(session.credentials);
      if (!this.#sessions.has(session)) {
        return;
      }
      const before = session.sight;
      session.sight = sight;
      session.seen = digest(sight);
      if (sight.signature !== before.signature) {
        this.#send(session, 'reload', '{}');
      }
      if (sight.ownershipRefs.join() !== before.ownershipRefs.join()) {
        this.#send(session, 'waiting', '{}');
      }
    } catch (error) {
      logger.debug(
        `A stream of the fleet ends, because its permissions cannot be asked for again: ${error}`,
      );
      this.#end(session);
    }
  }

  #send(session: Session, type: string, data: string): void {
    if (session.blocked) {
      session.missed ||= type !== 'heartbeat';
      return;
    }
    const id = `${this.options.instance} ${this.options.revision()} ${session.seen}`;
    if (session.sink.write(`event: ${type}\nid: ${id}\ndata: ${data}\n\n`)) {
      return;
    }
    session.blocked = true;
    session.sink.onDrain(() => {
      session.blocked = false;
      if (session.missed && this.#sessions.has(session)) {
        session.missed = false;
        this.#send(session, 'reload', '{}');
      }
    });
  }

  #end(session: Session): void {
    if (this.#sessions.delete(session)) {
      session.sink.end();
    }
  }

  #at(): string {
    return JSON.stringify({
      at: new Date(this.options.clock.now()).toISOString(),
    });
  }
}

/** Of what a reader sees: short, and the conditions of the policy stay here. */
function digest({ signature }: ReaderSight): string {
  return createHash('sha256')
    .update(signature)
    .digest('base64url')
    .slice(0, 22);
}

function json(face: FleetFace): string {
  return face.json;
}
