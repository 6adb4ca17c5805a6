import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ManualClock } from '@progressive-delivery/kube';
import { ReaderSights } from './ReaderSights';

const ref = (name: string) => `component:default/${name}`;

function setUp({ slow = false } = {}) {
  const clock = new ManualClock();
  const hidden = new Set([ref('secret')]);
  const policy = { conditions: 'owners', unmapped: AuthorizeResult.DENY };
  const asked: string[][] = [];
  const waiting: (() => void)[] = [];
  /** Lets what was asked be answered; `meanwhile` comes before. */
  const answer = async (meanwhile = () => {}) => {
    await new Promise(setImmediate);
    meanwhile();
    waiting.splice(0).forEach(each => each());
  };
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({ result: policy.unmapped as AuthorizeResult.DENY })),
    authorizeConditional: async (requests): Promise<PolicyDecision[]> =>
      requests.map(() => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: policy.conditions,
          resourceType: 'catalog-entity',
          params: {},
        },
      })),
  });
  const refs = [ref('colors'), ref('secret')];
  const sights = new ReaderSights({
    permissions,
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/palette'],
      }),
    }),
    access: {
      readable: async (_, open) => {
        asked.push(open);
        if (slow) {
          await new Promise<void>(resolve => waiting.push(resolve));
        }
        return new Set(open.filter(each => !hidden.has(each)));
      },
    },
    entities: {
      entityRefs: refs,
      get entitiesAdded() {
        return refs.length;
      },
    },
    clock,
  });
  const ada = mockCredentials.user('user:default/ada');
  const grace = mockCredentials.user('user:default/grace');
  return {
    clock,
    hidden,
    policy,
    asked,
    answer,
    permissions,
    refs,
    sights,
    ada,
    grace,
  };
}

describe('what a reader sees', () => {
  it('is what the conditions allow, and nothing unmapped without its permission', async () => {
    const { sights, ada } = setUp();
    const sight = await sights.of(ada);
    expect([
      sight.sees(ref('colors')),
      sight.sees(ref('secret')),
      sight.sees(undefined),
      sight.sees(ref('never-asked-about')),
    ]).toEqual([true, false, false, false]);
    expect(sight.ownershipRefs).toContain('group:default/palette');
  });

  it('is asked about once, for all readers with the same conditions', async () => {
    const { sights, ada, grace, asked, permissions } = setUp();
    await sights.of(ada);
    await sights.of(ada);
    await sights.of(grace);
    expect(asked).toEqual([[ref('colors'), ref('secret')]]);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(2);
  });

  it('asks about what is new, and that alone', async () => {
    const { sights, ada, asked, refs } = setUp();
    await sights.of(ada);
    const before = await sights.of(ada);
    refs.push(ref('new'));
    expect(before.isDecided(ref('new'))).toBe(false);
    const after = await sights.of(ada);
    expect(asked[1]).toEqual([ref('new')]);
    expect(after.sees(ref('new'))).toBe(true);
    expect(after.signature).not.toBe(before.signature);
  });

  it('goes through ten thousand entities no more often than some come', async () => {
    const { sights, ada, refs } = setUp();
    const walks = jest.spyOn(refs, Symbol.iterator);
    await sights.of(ada);
    await sights.of(ada);
    walks.mockClear();
    await sights.of(ada);
    expect(walks).not.toHaveBeenCalled();
  });

  it('ends within half a minute of the policy saying otherwise', async () => {
    const { sights, ada, clock, policy, hidden } = setUp();
    await sights.of(ada);
    policy.conditions = 'nobody';
    hidden.add(ref('colors'));
    expect((await sights.of(ada)).sees(ref('colors'))).toBe(true);
    clock.advance(30_000);
    expect((await sights.of(ada)).sees(ref('colors'))).toBe(false);
  });

  it('is decided anew for an entity that has changed', async () => {
    const { sights, ada, hidden } = setUp();
    await sights.of(ada);
    await sights.of(ada);
    hidden.add(ref('colors'));
    sights.entitiesChanged([ref('colors')]);
    expect((await sights.of(ada)).sees(ref('colors'))).toBe(false);
    // Not because nothing was asked.
    hidden.delete(ref('colors'));
    sights.entitiesChanged([ref('colors')]);
    expect((await sights.of(ada)).sees(ref('colors'))).toBe(true);
  });

  it('is asked about anew where an entity changed while the question was under way', async () => {
    const { sights, ada, asked, answer } = setUp({ slow: true });
    const looking = sights.of(ada);
    await answer(() => sights.entitiesChanged([ref('colors')]));
    const outdated = await looking;
    expect([
      outdated.isDecided(ref('colors')),
      outdated.sees(ref('colors')),
      outdated.isDecided(ref('secret')),
    ]).toEqual([false, false, true]);

    const again = sights.of(ada);
    await answer();
    expect((await again).sees(ref('colors'))).toBe(true);
    expect(asked[1]).toEqual([ref('colors')]);
  });

  it('is nothing when the policy cannot be asked, which is not remembered', async () => {
    const { sights, ada, permissions } = setUp();
    permissions.authorizeConditional.mockRejectedValueOnce(new Error('down'));
    await expect(sights.of(ada)).rejects.toThrow('down');
    await expect(sights.of(ada)).resolves.toBeDefined();
  });
});
