import type {
  FleetPage,
  FleetStreamEvent,
  FleetWaiting,
  FreezeOccurrence,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetApi, FleetStreamMessage } from '../api/FleetApi';

/** Answers with one fleet and streams what it is told to. */
export class StateFleetApi implements FleetApi {
  /** What is closed when. */
  freezes: FreezeOccurrence[] = [];
  private readonly page: FleetPage | undefined;
  private readonly waiting: FleetWaiting | undefined;
  private readonly failure: Error | undefined;
  private readonly queue: FleetStreamEvent[] = [];
  private wake: () => void = () => {};

  /** @param page - undefined: never answers, or fails with `failure` */
  constructor(
    page: FleetPage | undefined,
    waiting?: FleetWaiting,
    failure?: Error,
  ) {
    this.page = page;
    this.waiting = waiting;
    this.failure = failure;
  }

  /** Sends an event to the page that is open. */
  push(event: FleetStreamEvent): void {
    this.queue.push(event);
    this.wake();
  }

  async listFleet(): Promise<FleetPage> {
    return this.answer(this.page);
  }

  async listFleetWaiting(): Promise<FleetWaiting> {
    return this.answer(this.waiting);
  }

  async listFreezeOccurrences(): Promise<FreezeOccurrence[]> {
    return this.freezes;
  }

  async *streamFleet(options: {
    signal: AbortSignal;
  }): AsyncGenerator<FleetStreamMessage> {
    if (this.failure) {
      throw this.failure;
    }
    yield { id: '1', event: { type: 'reload', data: {} } };
    options.signal.addEventListener('abort', () => this.wake());
    while (!options.signal.aborted) {
      const event = this.queue.shift();
      if (event) {
        yield { event };
      } else {
        await new Promise<void>(resolve => {
          this.wake = resolve;
        });
      }
    }
  }

  private answer<T>(value: T | undefined): Promise<T> {
    if (this.failure) {
      return Promise.reject(this.failure);
    }
    return value ? Promise.resolve(value) : new Promise(() => {});
  }
}
