import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ManualClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import { RolloutAccess } from '../access/RolloutAccess';
import { RolloutViews } from '../view/RolloutViews';
import { EntityStreams } from './EntityStreams';

const COLORS = 'component:default/colors';

async function openStream() {
  const clock = new ManualClock();
  const rights = { read: true, abort: true };
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission: { name } }) => ({
        result:
          (name === 'rollouts.read' && !rights.read) ||
          (name === 'rollouts.abort' && !rights.abort)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
  });
  const views = new RolloutViews({
    // Only its name is read: nothing is mirrored here.
    cluster: () => undefined,
    clusters: () => [],
    actionsOf: () => [],
    clock,
  });
  views.setEntities([
    { entityRef: COLORS, ownerRefs: [], kubernetesId: 'colors' },
  ]);
  const access = new RolloutAccess({
    permissions,
    ownership: [],
    selection: ref => views.index.selection(ref),
    claimants: id => views.index.claimants(id),
  });
  const streams = new EntityStreams({
    views,
    access,
    clock,
    logger: mockServices.logger.mock(),
  });
  const credentials = mockCredentials.user();
  const sink = {
    text: '',
    ended: false,
    write(text: string) {
      sink.text += text;
      return true;
    },
    onDrain: () => {},
    end: () => {
      sink.ended = true;
    },
  };
  const close = streams.open({
    entityRef: COLORS,
    credentials,
    permitted: await access.permitted(credentials, COLORS),
    sink,
  });
  /** Two heartbeats, and what they asked for. */
  const wait = async () => {
    clock.advance(30_000);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { sink, rights, wait, streams, close, permissions, views };
}

describe('an open stream', () => {
  it('goes on while the right to read is there', async () => {
    const { sink, wait } = await openStream();
    await wait();
    expect(sink.ended).toBe(false);
    expect(sink.text.match(/event: heartbeat/g)).toHaveLength(2);
  });

  it('ends within 30 s of the right being taken away', async () => {
    const { sink, rights, wait, streams, views } = await openStream();
    rights.read = false;
    await wait();
    expect(sink.ended).toBe(true);
    expect(streams.size).toBe(0);

    const before = sink.text;
    views.rolloutChanged('local', canary(), false);
    await wait();
    expect(sink.text).toBe(before);
  });

  it.each(['rollouts.read', 'rollouts.abort'])(
    'that the reader closes while %s is asked for again is left alone',
    async asked => {
      const { sink, rights, wait, close, permissions, views } =
        await openStream();
      const decide = permissions.authorize.getMockImplementation();
      permissions.authorize.mockImplementation(async (...call) => {
        if (call[0].some(({ permission: { name } }) => name === asked)) {
          close();
          views.setEntities([]);
        }
        return decide!(...call);
      });
      // Both would otherwise be told: an end, or what is allowed by now.
      rights.read = asked !== 'rollouts.read';
      const before = () => sink.text.replace(/event: heartbeat[^]*?\n\n/g, '');
      const text = before();
      await wait();
      expect({ ended: sink.ended, text: before() }).toEqual({
        ended: false,
        text,
      });
    },
  );

  it('ends when nobody can tell whether the right is there', async () => {
    const { sink, wait, permissions } = await openStream();
    permissions.authorize.mockRejectedValue(new Error('token expired'));
    await wait();
    expect(sink.ended).toBe(true);
  });
});
