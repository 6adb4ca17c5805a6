import { planRollout } from '../rollout/planRollout';
import type {
  StepPlugin,
  StepPluginContext,
  StepPluginResult,
} from '../stepPlugins/stepPlugin';
import { canary } from './__testUtils__/canary';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import { DeliveryLoop } from './deliveryLoop';

jest.setTimeout(60_000);

/** A plugin that answers when it is told to, and remembers its calls. */
class HeldPlugin implements StepPlugin {
  readonly name = 'acme/smoke';
  readonly calls: string[] = [];
  answer: (result: StepPluginResult) => void = () => {};
  #noteCall: () => void = () => {};
  readonly called = new Promise<void>(resolve => {
    this.#noteCall = resolve;
  });

  async run({ signal }: StepPluginContext): Promise<StepPluginResult> {
    this.calls.push('run');
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.#noteCall();
      signal.addEventListener('abort', () => {
        this.calls.push('run was given up');
        reject(new Error('given up'));
      });
    });
  }

  async terminate(): Promise<StepPluginResult> {
    this.calls.push('terminate');
    return {};
  }

  async abort(): Promise<StepPluginResult> {
    this.calls.push('abort');
    return { message: 'taken back' };
  }
}

describe('step plugins on a cluster', () => {
  let live: LiveCluster;
  let loop: DeliveryLoop;
  let plugin: HeldPlugin;

  const until = (wanted: (status: any) => boolean) =>
    live.until(ROLLOUTS, 'default', 'colors', ({ status }) =>
      Boolean(status && wanted(status)),
    );
  const noted = (status: any) => status.canary?.stepPluginStatuses ?? [];
  const patch = (body: unknown, subresource?: 'status') =>
    live.cluster.api.patch(ROLLOUTS, 'default', 'colors', body, {
      type: 'merge',
      ...(subresource ? { subresource } : {}),
    });

  beforeEach(async () => {
    live = await startLiveCluster();
    plugin = new HeldPlugin();
    loop = new DeliveryLoop({
      client: live.client,
      plan: (snapshot, now) =>
        planRollout(snapshot, now, { stepPlugins: [plugin] }),
      stepPlugins: [plugin],
      mayAct: () => true,
    });
    loop.view.onStatus(() => loop.view.ready && loop.resync());
    loop.start();
    const rollout = canary('colors');
    rollout.spec.strategy.canary.steps = [
      { plugin: { name: 'acme/smoke', config: { url: 'x' } } },
      { pause: {} },
    ];
    live.cluster.api.create(ROLLOUTS, rollout);
    await until(({ phase }) => phase === 'Healthy');
    live.cluster.api.patch(
      ROLLOUTS,
      'default',
      'colors',
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: 'demo/colors:green',
        },
      ],
      { type: 'json' },
    );
    await until(status => noted(status).length > 0);
    await plugin.called;
  });

  afterEach(async () => {
    await loop.stop();
    await live.stop();
  });

  it('are noted before they have answered, and go on when they have', async () => {
    const { status } = await until(s => noted(s)[0]?.phase === 'Running');
    expect(status.currentStepIndex).toBe(0);

    plugin.answer({ phase: 'Successful', message: 'all well' });
    await until(({ currentStepIndex }) => currentStepIndex === 1);

    expect(plugin.calls).toEqual(['run']);
  });

  it('are given up before they are taken back', async () => {
    patch({ status: { abort: true } }, 'status');
    const { status } = await until(s => noted(s)[1]?.finishedAt);

    expect(plugin.calls).toEqual(['run', 'run was given up', 'abort']);
    expect(noted(status)[1]).toMatchObject({
      operation: 'Abort',
      phase: 'Successful',
      message: 'taken back',
    });
  });

  it('are ended by a full promotion', async () => {
    patch({ status: { promoteFull: true } }, 'status');
    await until(s =>
      noted(s).some(
        (each: any) => each.operation === 'Terminate' && each.finishedAt,
      ),
    );

    expect(plugin.calls).toEqual(['run', 'run was given up', 'terminate']);
  });
});
