import { StateRolloutsApi } from '../__fixtures__/StateRolloutsApi';
import { answerOf } from '../__testUtils__/renderState';
import { EntityRolloutsHub, LINGER_MS } from './EntityRolloutsHub';

const COLORS = 'component:default/colors';

/** A hub on an API that counts its streams; `linger` ends the time after the last reader. */
function setUp() {
  const api = new StateRolloutsApi(answerOf('paused'));
  const streams: AbortSignal[] = [];
  const stream = api.streamEntityRollouts.bind(api);
  api.streamEntityRollouts = (entityRef, options) => {
    streams.push(options.signal);
    return stream(entityRef, options);
  };
  const lingering: (() => void)[] = [];
  const hub = new EntityRolloutsHub({
    api,
    now: () => 0,
    wait: (ms, signal) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => resolve());
        if (ms === LINGER_MS) {
          lingering.push(resolve);
        }
      }),
  });
  const follow = () =>
    new Promise<() => void>(resolve => {
      const stop = hub.follow(COLORS, () => resolve(stop));
    });
  const linger = async () => {
    lingering.forEach(end => end());
    await Promise.resolve();
  };
  return { hub, streams, follow, linger };
}

describe('EntityRolloutsHub', () => {
  it('opens one stream for all who follow an entity', async () => {
    const { hub, streams, follow, linger } = setUp();

    const leaveCard = await follow();
    const leaveTab = hub.follow(COLORS, () => {});
    leaveCard();
    await linger();
    expect(streams.map(signal => signal.aborted)).toEqual([false]);

    leaveTab();
    await linger();
    expect(streams.map(signal => signal.aborted)).toEqual([true]);
    expect(hub.shown(COLORS)).toBeUndefined();
  });

  it('keeps stream and state from one page to the next', async () => {
    const { hub, streams, follow, linger } = setUp();
    const leaveCard = await follow();
    const before = hub.shown(COLORS);

    leaveCard();
    hub.follow(COLORS, () => {});
    await linger();

    expect(hub.shown(COLORS)).toBe(before);
    expect(streams.map(signal => signal.aborted)).toEqual([false]);
  });

  it('opens another stream when asked to try again', async () => {
    const { hub, streams, follow } = setUp();
    await follow();

    hub.retry(COLORS);

    expect(streams.map(signal => signal.aborted)).toEqual([true, false]);
  });
});
