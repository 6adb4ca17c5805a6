import { HARBOR, PALETTE, policy } from '../../__testUtils__/approvals';
import { isAbout } from './isAbout';

const colors = { entityRef: 'component:default/colors', ownerRefs: [PALETTE] };
const tug = { entityRef: 'component:default/tug', ownerRefs: [HARBOR] };

describe('a policy is about', () => {
  it('every entity of the rollout when it selects none', () => {
    expect([colors, tug].map(each => isAbout(policy(), each))).toEqual([
      true,
      true,
    ]);
  });

  it('the entities that its scope selects, and no other of the same rollout', () => {
    const ofPalette = policy({ scope: { entity: { owner: 'palette' } } });
    expect([colors, tug].map(each => isAbout(ofPalette, each))).toEqual([
      true,
      false,
    ]);
  });

  it('those that name it, if it is optional', () => {
    const careful = policy({ name: 'careful', optIn: true });
    const naming = { ...tug, approvalPolicies: ['careful'] };
    expect([colors, naming].map(each => isAbout(careful, each))).toEqual([
      false,
      true,
    ]);
  });
});
