import { createHash } from 'node:crypto';
import type { ReaderSight } from '../access/ReaderSights';
import { isShown, type FleetFace } from '../fleet/FleetFace';
import { refsOf, type FleetChange } from '../fleet/FleetIndex';
import type { EventSink } from './EventStream';

/** A reader that takes nothing for so many heartbeats is gone. */
const MOST_BLOCKED_HEARTBEATS = 4;
/** More at once are cheaper to read as a list. */
const MOST_ROWS = 1_000;

export interface FleetStreamOptions {
  sight: ReaderSight;
  /** The id of the last event that the reader had of an earlier stream. */
  lastEventId?: string;
  sink: EventSink & { end(): void };
}

/** What all streams of this process tell of. */
export interface FleetStreamGround {
  /** Names this process's revisions, so that no other's are taken for them. */
  instance: string;
  revision: () => number;
  /** What changed after a revision; `undefined` when that is not known any more. */
  since: (
    revision: number,
  ) => Pick<FleetChange, 'faces' | 'former'> | undefined;
  /** JSON of all clusters. */
  clusters: () => string;
}

/**
 * One reader's stream: the rows that they may see and nothing else. Nothing is
 * queued while the reader is slow: they are told to read the list again.
 */
export class FleetStream {
  readonly #ground: FleetStreamGround;
  readonly #sink: FleetStreamOptions['sink'];
  readonly #lastEventId: string;
  #sight: ReaderSight;
  /** The digest of the sight, as event ids have it. */
  #seen: string;
  #blocked = false;
  /** Something was not written while blocked. */
  #missed = false;
  #blockedHeartbeats = 0;
  #ended = false;

  constructor(
    ground: FleetStreamGround,
    { sight, lastEventId = '', sink }: FleetStreamOptions,
  ) {
    this.#ground = ground;
    this.#sink = sink;
    this.#lastEventId = lastEventId;
    this.#sight = sight;
    this.#seen = digest(sight);
  }

  /** Tells what the reader missed since their last stream. */
  begin(): void {
    const missed = this.#missedSince();
    if (missed) {
      this.change(missed);
      // None of these has a revision that would tell whether it was missed.
      this.clusters();
      this.waiting();
      this.freezes();
    } else {
      this.#send('reload', '{}');
    }
  }

  /** Returns whether all of these rows have been decided about for this reader. */
  change({ faces, former }: Pick<FleetChange, 'faces' | 'former'>): boolean {
    const sight = this.#sight;
    const shown = faces.filter(face => isShown(face, sight));
    const there = new Set(shown.map(({ key }) => key));
    const gone = refsOf(
      former.filter(face => !there.has(face.key) && isShown(face, sight)),
    );
    if (shown.length > MOST_ROWS) {
      this.#send('reload', '{}');
    } else {
      if (gone.length > 0) {
        this.#send('removed', JSON.stringify(gone));
      }
      if (shown.length > 0) {
        this.#send('rows', `[${shown.map(({ json }) => json).join(',')}]`);
      }
    }
    return faces.every(({ row }) => sight.isDecided(row.entityRef));
  }

  clusters(): void {
    this.#send('clusters', this.#ground.clusters());
  }

  /** What waits for people may be something else, of these rows or of any. */
  waiting(faces?: readonly FleetFace[]): void {
    if (!faces || faces.some(face => isShown(face, this.#sight))) {
      this.#send('waiting', '{}');
    }
  }

  /** Other freeze windows go on than before; which, who may know them asks for. */
  freezes(): void {
    this.#send('freezes', '{}');
  }

  /** Returns false when nobody takes what is sent. */
  heartbeat(at: string): boolean {
    this.#blockedHeartbeats = this.#blocked ? this.#blockedHeartbeats + 1 : 0;
    if (this.#blockedHeartbeats >= MOST_BLOCKED_HEARTBEATS) {
      return false;
    }
    this.#send('heartbeat', JSON.stringify({ at }));
    return true;
  }

  /** What the reader may see from now on. */
  see(sight: ReaderSight): void {
    const before = this.#sight;
    this.#sight = sight;
    this.#seen = digest(sight);
    if (sight.signature !== before.signature) {
      this.#send('reload', '{}');
    }
    if (sight.ownershipRefs.join() !== before.ownershipRefs.join()) {
      this.waiting();
    }
  }

  end(): void {
    this.#ended = true;
    this.#sink.end();
  }

  /** The reader has gone; there is nobody to write to. */
  left(): void {
    this.#ended = true;
  }

  /** `undefined` also when the reader sees something else than they did then. */
  #missedSince() {
    const [instance, revision, seen] = this.#lastEventId.split(' ');
    return instance === this.#ground.instance && seen === this.#seen
      ? this.#ground.since(Number(revision))
      : undefined;
  }

  #send(type: string, data: string): void {
    if (this.#blocked) {
      this.#missed ||= type !== 'heartbeat';
      return;
    }
    const { instance, revision } = this.#ground;
    const id = `${instance} ${revision()} ${this.#seen}`;
    if (this.#sink.write(`event: ${type}\nid: ${id}\ndata: ${data}\n\n`)) {
      return;
    }
    this.#blocked = true;
    this.#sink.onDrain(() => {
      this.#blocked = false;
      if (this.#missed && !this.#ended) {
        this.#missed = false;
        this.#send('reload', '{}');
      }
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
