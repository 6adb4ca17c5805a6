import { isError } from '@backstage/errors';
import type { StreamEvent } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutsApi } from '../api/RolloutsApi';
import { keepStream, type Connection } from './keepStream';

export interface FollowOptions {
  api: RolloutsApi;
  entityRef: string;
  signal: AbortSignal;
  onEvent(event: StreamEvent): void;
  onConnection(connection: Connection): void;
  /** Nothing could be read at all; `undefined` when it can again. */
  onError(error: Error | undefined): void;
  now(): number;
  /** Resolves after `ms`, at once when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  random?: () => number;
}

/** The fallback: one conditional read per attempt. */
class ConditionalPoll {
  private readonly options: FollowOptions;
  private etag?: string;
  private known = false;

  constructor(options: FollowOptions) {
    this.options = options;
  }

  async once(): Promise<boolean> {
    const { api, entityRef, signal, onEvent, onError } = this.options;
    try {
      const answer = await api.getEntityRollouts(entityRef, {
        etag: this.known ? this.etag : undefined,
        signal,
      });
      if (answer.status === 'changed') {
        this.etag = answer.etag;
        this.known = true;
        onEvent({ type: 'snapshot', data: answer.response });
      }
      onError(undefined);
      return true;
    } catch (error) {
      if (!signal.aborted) {
        onError(isError(error) ? error : new Error(String(error)));
      }
      return false;
    }
  }
}

/** Keeps an entity's rollouts flowing until `signal` aborts. */
export async function followEntity(options: FollowOptions): Promise<void> {
  const { api, entityRef, onConnection, onError } = options;
  const poll = new ConditionalPoll(options);
  onConnection({ state: 'connecting' });
  await keepStream<StreamEvent>({
    ...options,
    open: (lastEventId, signal) =>
      api.streamEntityRollouts(entityRef, { lastEventId, signal }),
    onConnection: connection => {
      if (connection.state === 'live') {
        onError(undefined);
      }
      onConnection(connection);
    },
    readInstead: () => poll.once(),
  });
}
