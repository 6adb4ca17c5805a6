import { HARBOR, PALETTE, policy } from '../../__testUtils__/approvals';
import type { ApprovalPolicy } from '../policy/ApprovalPolicy';
import { ApproverRefs } from './ApproverRefs';

const BOATS = 'component:default/boats';
const colors = {
  entityRef: 'component:default/colors',
  ownerRefs: [PALETTE, HARBOR],
};

function refsOf(policies: ApprovalPolicy[], missing: string[] = []) {
  const setBroken = jest.fn();
  const refs = new ApproverRefs(
    {
      owners: async asked =>
        new Map(
          asked
            .filter(ref => !missing.includes(ref))
            .map(ref => [ref, ref === BOATS ? [HARBOR] : []]),
        ),
      missing: async asked =>
        new Set(asked.filter(ref => missing.includes(ref))),
    },
    { all: policies, setBroken },
  );
  return { refs, setBroken };
}

const ofAll = policy({
  approvers: [{ ownerOf: 'boats' }, { group: 'board' }, 'owner'],
});

describe('who approves', () => {
  it('are owners of the entity and of others, and groups, each once', async () => {
    const { refs } = refsOf([ofAll]);
    await refs.refresh();
    expect(refs.of(ofAll, colors)).toEqual([
      HARBOR,
      'group:default/board',
      PALETTE,
    ]);
  });

  it('is nobody of an entity that is not known yet', () => {
    const only = policy({ approvers: [{ ownerOf: 'boats' }] });
    expect(refsOf([only]).refs.of(only, colors)).toEqual([]);
  });

  it.each([
    ['group:default/board', 1],
    [BOATS, 0],
  ])('cannot be said while the catalog has no %s', async (ref, index) => {
    const { refs, setBroken } = refsOf([ofAll], [ref]);
    const broken = await refs.refresh();
    expect(broken.get(ofAll.name)).toBe(
      `rollouts.approvals.policies[0].approvers[${index}]: the catalog has no ${ref}. Correct the name, or add the entity to the catalog.`,
    );
    expect(setBroken).toHaveBeenCalledWith(broken);
  });
});
