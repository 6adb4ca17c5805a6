import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Clock } from '@progressive-delivery/kube';
import type { ReaderSight } from '../access/ReaderSights';
import type { FleetFace } from '../fleet/FleetFace';
import type { FleetChange } from '../fleet/FleetIndex';
import {
  FleetStream,
  type FleetStreamGround,
  type FleetStreamOptions,
} from './FleetStream';

const HEARTBEAT_MILLISECONDS = 15_000;

export interface FleetStreamsOptions extends FleetStreamGround {
  sightOf: (credentials: BackstageCredentials) => Promise<ReaderSight>;
  clock: Clock;
  logger: LoggerService;
}

/**
 * The open streams of the fleet. What a reader may see is asked again with
 * each heartbeat; when it is something else they are told to read the list
 * again.
 */
export class FleetStreams {
  readonly #options: FleetStreamsOptions;
  readonly #readers = new Map<FleetStream, BackstageCredentials>();
  #cancelHeartbeat: () => void = () => {};

  constructor(options: FleetStreamsOptions) {
    this.#options = options;
    this.#beat();
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Sends events until the returned function is called. */
  open({
    credentials,
    ...options
  }: FleetStreamOptions & {
    credentials: BackstageCredentials;
  }): () => void {
    const stream = new FleetStream(this.#options, options);
    this.#readers.set(stream, credentials);
    stream.begin();
    stream.heartbeat(this.#at());
    return () => {
      stream.left();
      this.#readers.delete(stream);
    };
  }

  close(): void {
    this.#cancelHeartbeat();
    for (const stream of this.#readers.keys()) {
      this.#end(stream);
    }
  }

  changed(change: FleetChange): void {
    for (const stream of this.#readers.keys()) {
      if (!stream.change(change)) {
        void this.#checkAgain(stream);
      }
    }
  }

  clustersChanged(): void {
    for (const stream of this.#readers.keys()) {
      stream.clusters();
    }
  }

  /**
   * What waits for people changed in another way than by rows: somebody has
   * voted. Told to those who see the rollouts.
   */
  waitingChanged(faces: readonly FleetFace[]): void {
    for (const stream of this.#readers.keys()) {
      stream.waiting(faces);
    }
  }

  freezesChanged(): void {
    for (const stream of this.#readers.keys()) {
      stream.freezes();
    }
  }

  /** The entities are others: who sees what is decided anew. */
  async sightsChanged(): Promise<void> {
    await Promise.all(
      [...this.#readers.keys()].map(stream => this.#checkAgain(stream)),
    );
  }

  #beat(): void {
    this.#cancelHeartbeat = this.#options.clock.after(
      HEARTBEAT_MILLISECONDS,
      () => {
        for (const stream of this.#readers.keys()) {
          if (stream.heartbeat(this.#at())) {
            void this.#checkAgain(stream);
          } else {
            this.#end(stream);
          }
        }
        this.#beat();
      },
    );
  }

  /** A right that was taken away, or a token that ran out, ends the stream. */
  async #checkAgain(stream: FleetStream): Promise<void> {
    const { logger, sightOf } = this.#options;
    const credentials = this.#readers.get(stream);
    if (!credentials) {
      return;
    }
    try {
      const sight = await sightOf(credentials);
      if (this.#readers.has(stream)) {
        stream.see(sight);
      }
    } catch (error) {
      logger.debug(
        `A stream of the fleet ends, because its permissions cannot be asked for again: ${error}`,
      );
      this.#end(stream);
    }
  }

  #end(stream: FleetStream): void {
    if (this.#readers.delete(stream)) {
      stream.end();
    }
  }

  #at(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}
