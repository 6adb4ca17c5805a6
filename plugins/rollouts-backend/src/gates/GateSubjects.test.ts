import { canary } from '../__testUtils__/rollouts';
import { GateSubjects } from './GateSubjects';

const colors = 'component:default/colors';
const mimic = 'component:default/mimic';

it('tells the gates of no entity that claims the rollout by its annotations alone', () => {
  const subjects = new GateSubjects({
    access: { owns: (_, ref) => ref === colors },
    index: {
      entityRefs: () => [mimic, colors],
      selection: entityRef => ({
        entityRef,
        ownerRefs: [],
        approvalPolicies: ['of-my-own'],
      }),
    },
    tier: () => 'production',
  });
  const { entities, tier } = subjects.of('local', canary(), 'promote');
  expect(entities.map(({ entityRef }) => entityRef)).toEqual([colors]);
  expect(tier).toBe('production');
});
