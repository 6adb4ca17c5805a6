import { ConfigReader } from '@backstage/config';
import { readPolicies } from './readPolicies';

const read = (...policies: object[]) =>
  readPolicies(
    new ConfigReader({
      rollouts: JSON.parse(JSON.stringify({ approvals: { policies } })),
    }),
  );
const P0 = 'rollouts.approvals.policies\\[0\\]';
const P1 = 'rollouts.approvals.policies\\[1\\]';

describe('approval policies in the configuration', () => {
  it('are none when nothing is written', () => {
    expect(readPolicies(new ConfigReader({}))).toEqual([]);
  });

  it('ask one owner for whatever moves the release on, when nothing else is said', () => {
    expect(read({ name: 'owners' })).toMatchObject([
      {
        name: 'owners',
        title: 'owners',
        actions: [
          { action: 'promote' },
          { action: 'promote-full' },
          { action: 'skip-step' },
        ],
        approvers: [{ kind: 'owner' }],
        match: 'any',
        count: 1,
        requesterMayApprove: false,
        authorMayApprove: false,
        onApproval: 'unlock',
        validityMilliseconds: 24 * 60 * 60_000,
      },
    ]);
  });

  it('complete refs, and count steps from 1 as the portal does', () => {
    const [policy] = read({
      name: 'board',
      actions: [{ action: 'promote', steps: [2, 4] }],
      approvers: [{ group: 'Board' }, { ownerOf: 'platform' }, { user: 'ada' }],
      validity: 'PT90M',
      conditions: { minimumStepTime: { minutes: 10 } },
    });
    expect(policy).toMatchObject({
      actions: [{ action: 'promote', steps: [1, 3] }],
      approvers: [
        { kind: 'group', ref: 'group:default/board' },
        { kind: 'ownerOf', ref: 'component:default/platform' },
        { kind: 'group', ref: 'user:default/ada' },
      ],
      validityMilliseconds: 90 * 60_000,
      conditions: { minimumStepMilliseconds: 10 * 60_000 },
    });
  });

  it.each([
    [{ name: 'a', count: 0 }, `${P0}.count`],
    [{ name: 'a', count: 1.5 }, `${P0}.count`],
    [{ name: 'A b' }, `${P0}.name: use small letters`],
    [{ count: 1 }, `${P0}.name`],
    [{ name: 'a', scope: { namespaces: 'demo' } }, `${P0}.scope: .*namespaces`],
    [{ name: 'a', minimum: 1 }, `${P0}: .*minimum`],
    [{ name: 'a', actions: [] }, `${P0}.actions`],
    [{ name: 'a', actions: ['abort'] }, `${P0}.actions\\[0\\]`],
    [{ name: 'a', actions: ['pause'] }, `${P0}.actions\\[0\\]`],
    [
      { name: 'a', actions: ['undo', 'undo'] },
      `${P0}.actions\\[1\\]: "undo" is listed`,
    ],
    [
      { name: 'a', actions: [{ action: 'undo', steps: [1] }] },
      `${P0}.actions\\[0\\]`,
    ],
    [
      { name: 'a', actions: [{ action: 'promote', steps: [0] }] },
      `${P0}.actions\\[0\\]`,
    ],
    [{ name: 'a', approvers: [] }, `${P0}.approvers`],
    [
      { name: 'a', approvers: ['owner', 'owner'] },
      `${P0}.approvers\\[1\\]: is listed`,
    ],
    [{ name: 'a', approvers: [{ group: ':' }] }, `${P0}.approvers\\[0\\]`],
    [
      { name: 'a', approvers: [{ user: 'ada' }], count: 2 },
      `${P0}.count: 2 approvals can never`,
    ],
    [
      {
        name: 'a',
        match: 'all',
        approvers: ['owner', { user: 'ada' }],
        count: 2,
      },
      `${P0}.count`,
    ],
    [{ name: 'a', validity: 'soon' }, `${P0}.validity: is not a duration`],
    [
      { name: 'a', validity: '5s' },
      `${P0}.validity: must be from a minute to 30 days`,
    ],
    [
      { name: 'a', conditions: { minimumStepTime: '31d' } },
      `${P0}.conditions.minimumStepTime: must be from a second to 30 days`,
    ],
    [
      { name: 'a', optIn: true, scope: { tier: 'x' } },
      `${P0}.scope: contradicts optIn`,
    ],
    [
      { name: 'a', conditions: { minimumRequests: { metric: 'm', count: 0 } } },
      `${P0}.conditions.minimumRequests.count`,
    ],
  ])('%j are refused with the path', (policy, message) => {
    expect(() => read(policy)).toThrow(new RegExp(message));
  });

  it('are refused when two have one name', () => {
    expect(() =>
      read({ name: 'a' }, { name: 'a', scope: { tier: 'production' } }),
    ).toThrow(new RegExp(`${P1}.name: "a" is the name of ${P0} already`));
  });

  it('are refused when two ask the same people about the same, in two ways', () => {
    expect(() =>
      read({ name: 'a', count: 1 }, { name: 'b', count: 2 }),
    ).toThrow(new RegExp(`${P1}: asks the same, .* as ${P0}`));
  });

  it('may ask the same people when entities choose them by name', () => {
    expect(
      read(
        { name: 'one', optIn: true },
        { name: 'two', optIn: true, count: 2 },
      ),
    ).toHaveLength(2);
  });

  it('may overlap in scope when they ask different people', () => {
    expect(
      read({ name: 'a' }, { name: 'b', approvers: [{ group: 'board' }] }),
    ).toHaveLength(2);
  });
});
