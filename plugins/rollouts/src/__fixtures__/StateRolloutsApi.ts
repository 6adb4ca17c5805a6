import type {
  ActionRequest,
  ActionResult,
  EntityRolloutsResponse,
  RolloutAction,
  RolloutRef,
  StreamEvent,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ConditionalEntityRollouts,
  RolloutsApi,
  StreamMessage,
} from '../api/RolloutsApi';

/** Answers with one state, streams what it is told to, records what is asked. */
export class StateRolloutsApi implements RolloutsApi {
  readonly asked: {
    rollout: RolloutRef;
    action: RolloutAction;
    request: ActionRequest;
  }[] = [];
  /** What `act` answers; replace it to refuse. */
  answer: (action: RolloutAction, request: ActionRequest) => ActionResult = (
    action,
    request,
  ) => ({
    id: 'answer-1',
    action,
    outcome: request.dryRun ? 'dry-run' : 'applied',
    message: '',
    consequences: [],
    warnings: [],
    patches: [
      {
        resource: 'rollouts',
        namespace: 'demo',
        name: 'colors',
        subresource: 'status',
        type: 'merge',
        patch: { status: { pauseConditions: undefined, currentStepIndex: 2 } },
      },
    ],
  });
  log = 'listening on :8080\n200 GET / 3 ms\n200 GET / 2 ms\n';

  private readonly response: EntityRolloutsResponse | undefined;
  private readonly failure: Error | undefined;
  private readonly queue: StreamEvent[] = [];
  private wake: () => void = () => {};

  /** @param response - undefined: never answers, or fails with `failure` */
  constructor(response: EntityRolloutsResponse | undefined, failure?: Error) {
    this.response = response;
    this.failure = failure;
  }

  /** Sends an event to the page that is open. */
  push(event: StreamEvent): void {
    this.queue.push(event);
    this.wake();
  }

  async getEntityRollouts(): Promise<ConditionalEntityRollouts> {
    if (this.failure) {
      throw this.failure;
    }
    return this.response
      ? { status: 'changed', response: this.response }
      : new Promise(() => {});
  }

  async *streamEntityRollouts(
    _entityRef: string,
    options: { signal: AbortSignal },
  ): AsyncGenerator<StreamMessage> {
    if (this.failure) {
      throw this.failure;
    }
    if (this.response) {
      yield { id: '1', event: { type: 'snapshot', data: this.response } };
    }
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

  async getPodLog(): Promise<string> {
    return this.log;
  }

  async act(
    rollout: RolloutRef,
    action: RolloutAction,
    request: ActionRequest,
  ): Promise<ActionResult> {
    this.asked.push({ rollout, action, request });
    return this.answer(action, request);
  }
}
