import { mockServices } from '@backstage/backend-test-utils';
import type { ApprovalPolicyInput } from '@progressive-delivery/backstage-plugin-rollouts-node';
import { PALETTE, policy } from '../../__testUtils__/approvals';
import { canary } from '../../__testUtils__/rollouts';
import type { GateSubject } from '../../gates/ActionGate';
import { PolicyRegistry } from './PolicyRegistry';

const subject = (change: Partial<GateSubject> = {}): GateSubject => ({
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entities: [{ entityRef: 'component:default/colors', ownerRefs: [PALETTE] }],
  action: 'promote',
  rollout: canary(),
  ...change,
});

const naming = (...approvalPolicies: string[]) =>
  subject({
    entities: [
      {
        entityRef: 'component:default/colors',
        ownerRefs: [PALETTE],
        approvalPolicies,
      },
    ],
  });

function start(
  configured: ReturnType<typeof policy>[] = [],
  source?: { list: () => Promise<ApprovalPolicyInput[]> },
) {
  const logger = mockServices.logger.mock();
  const registry = new PolicyRegistry(
    configured,
    source ? [{ title: 'the change calendar', ...source }] : [],
    logger,
  );
  const names = (of: GateSubject) => {
    const { policies, broken } = registry.applyingTo(of);
    return [
      policies.map(({ name }) => name),
      broken.map(({ name }) => name),
    ] as const;
  };
  return { registry, names, logger };
}

describe('policies', () => {
  it('apply by their scope; an annotation adds others and takes none away', () => {
    const { names } = start([
      policy(),
      policy({ name: 'careful', optIn: true }),
      policy({ name: 'elsewhere', scope: { namespace: 'other' } }),
    ]);
    expect(names(subject())).toEqual([['two-of-owners'], []]);
    expect(names(naming('careful'))).toEqual([
      ['two-of-owners', 'careful'],
      [],
    ]);
    expect(names(naming('elsewhere', 'careful'))[0]).toHaveLength(3);
    expect(names(naming('gone'))).toEqual([['two-of-owners'], ['gone']]);
  });

  it('apply at the steps that they name, numbered from 1', () => {
    const { names } = start([
      policy({ actions: [{ action: 'promote', steps: [2] }] }),
    ]);
    const at = (currentStepIndex: number) =>
      names(subject({ rollout: canary({ status: { currentStepIndex } }) }))[0];
    expect([0, 1, 2].map(at)).toEqual([[], ['two-of-owners'], []]);
    expect(names(subject({ action: 'skip-step' }))[0]).toEqual([]);
  });

  it('apply at the first step where the controller has not yet said at which it is', () => {
    const { names } = start([
      policy({ actions: [{ action: 'promote', steps: [1] }] }),
    ]);
    const rollout = canary({ status: { currentStepIndex: undefined } });
    expect(names(subject({ rollout }))[0]).toEqual(['two-of-owners']);
  });

  it('are shown as broken, and told of, when their people are not there', () => {
    const { registry } = start([policy()]);
    const told = jest.fn();
    registry.subscribe(told);
    const why = 'There is no group:default/gone.';

    registry.setBroken(new Map([['two-of-owners', why]]));
    registry.setBroken(new Map([['two-of-owners', why]]));

    expect(told).toHaveBeenCalledTimes(1);
    expect(registry.views).toMatchObject([
      { name: 'two-of-owners', broken: why },
    ]);
    registry.setBroken(new Map());
    expect(told).toHaveBeenCalledTimes(2);
    expect(registry.views[0]?.broken).toBeUndefined();
  });
});

describe('the policies of a module', () => {
  it('keep everything locked until it has said which it has', async () => {
    const { registry, names } = start([], { list: async () => [] });
    expect(names(subject())).toEqual([[], ['the change calendar']]);
    await registry.refresh();
    expect(names(subject())).toEqual([[], []]);
  });

  it('keep everything locked while it has never answered', async () => {
    const { registry, names, logger } = start([], {
      list: async () => {
        throw new Error('down');
      },
    });
    await registry.refresh();
    expect(names(subject())).toEqual([[], ['the change calendar']]);
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining('down'));
  });

  it('hold on when it does not answer any more', async () => {
    let down = false;
    const { registry, names } = start([], {
      list: async () => {
        if (down) {
          throw new Error('down');
        }
        return [{ name: 'from-the-calendar' }];
      },
    });
    await registry.refresh();
    down = true;
    await registry.refresh();
    expect(names(subject())).toEqual([['from-the-calendar'], []]);
  });

  it('keep everything locked when what it says is no list', async () => {
    const { registry, names, logger } = start([], {
      list: async () => undefined as unknown as ApprovalPolicyInput[],
    });
    await registry.refresh();
    expect(names(subject())).toEqual([[], ['the change calendar']]);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('the change calendar cannot be read'),
    );
  });

  it.each<[string, ApprovalPolicyInput, RegExp]>([
    ['cannot be read', { name: 'odd', count: 0 }, /calendar\[0\]\.count/],
    [
      'has the name of another',
      { name: 'two-of-owners' },
      /\.name: .* is the name of/,
    ],
  ])('are closed where one %s, with its place', async (_, written, why) => {
    const { registry } = start([policy({ actions: ['restart'] })], {
      list: async () => [written],
    });
    await registry.refresh();
    const { broken } = registry.applyingTo(subject());
    expect(broken).toMatchObject([{ message: expect.stringMatching(why) }]);
    // Whoever looks at the policies sees that it is there, and why it is closed.
    expect(registry.views).toContainEqual(
      expect.objectContaining({
        name: written.name,
        source: 'module',
        broken: expect.stringMatching(why),
      }),
    );
  });

  it('are closed where two have one name, in the same answer', async () => {
    const { registry, names } = start([], {
      list: async () => [{ name: 'night' }, { name: 'night', count: 2 }],
    });
    await registry.refresh();
    expect(names(subject())).toEqual([['night'], ['night']]);
  });

  it('are told of when they are others, and only then', async () => {
    let count = 1;
    const { registry } = start([], {
      list: async () => [{ name: 'from-the-calendar', count }],
    });
    const told = jest.fn();
    registry.subscribe(told);
    await registry.refresh();
    await registry.refresh();
    expect(told).toHaveBeenCalledTimes(1);
    count = 2;
    await registry.refresh();
    expect(told).toHaveBeenCalledTimes(2);
  });
});
