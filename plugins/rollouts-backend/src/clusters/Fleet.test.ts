import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type {
  ClusterDefinition,
  ClusterSource,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { ManualClock } from '@progressive-delivery/kube';
import { Fleet } from './Fleet';
import { readRolloutsConfig } from './RolloutsConfig';

/** One that nothing has to be asked of. */
const named = (name: string, title = name): ClusterDefinition => ({
  name,
  title,
  connection: { kind: 'unusable', message: 'no way there', remedy: 'none' },
});

/** What was promised already has had its effects. */
const settled = () => new Promise(setImmediate);

describe('the clusters that sources name', () => {
  const clock = new ManualClock();
  let fleet: Fleet | undefined;
  afterEach(async () => {
    const stopped = fleet?.stop();
    clock.advance(60_000);
    await stopped;
  });

  function start(...sources: ClusterSource[]) {
    const logger = mockServices.logger.mock();
    const started = new Fleet({
      config: readRolloutsConfig(new ConfigReader({})),
      configured: [named('configured')],
      sources,
      clock,
      logger,
      onRolloutChange: () => {},
      onHealthChange: () => {},
      onRemoved: () => {},
    });
    fleet = started;
    started.start();
    const titles = () => started.clusters.map(each => each.definition.title);
    return { logger, titles };
  }

  it('are there although another source never answers', async () => {
    const { titles, logger } = start(
      { title: 'the hanging one', list: () => new Promise(() => {}) },
      { title: 'the inventory', list: async () => [named('eu')] },
    );
    expect(titles()).toEqual(['configured']);

    await settled();
    clock.advance(10_000);
    await settled();

    expect(titles()).toEqual(['configured', 'eu']);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('the hanging one did not answer'),
    );
  });

  it('are those of the first source of a name, whichever answers first', async () => {
    let answer = (_: ClusterDefinition[]) => {};
    const { titles } = start(
      {
        title: 'slow',
        list: () => new Promise(resolve => (answer = resolve)),
      },
      { title: 'fast', list: async () => [named('eu', 'by the fast one')] },
    );
    await Promise.resolve();
    answer([named('eu', 'by the slow one')]);
    await settled();

    expect(titles()).toEqual(['configured', 'by the slow one']);
  });
});
