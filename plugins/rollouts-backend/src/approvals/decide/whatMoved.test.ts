import { newApproval, PALETTE } from '../../__testUtils__/approvals';
import { canary } from '../../__testUtils__/rollouts';
import { whatMoved, type Ground } from './whatMoved';

const colors = {
  entityRef: 'component:default/colors',
  ownerRefs: [PALETTE],
};

function ground(
  change: {
    uid?: string;
    generation?: number;
    status?: object;
    entities?: Ground['entities'];
  } = {},
): Ground {
  const { uid = 'u1', generation = 3, status, entities = [colors] } = change;
  return {
    rollout: canary({
      metadata: { uid, generation, name: 'colors', namespace: 'demo' },
      status,
    }),
    entities,
  };
}

describe('what a request is bound to', () => {
  it('has not moved while everything is as it was seen', () => {
    expect(whatMoved(newApproval(), ground())).toBeUndefined();
  });

  it.each<[string, Ground, RegExp]>([
    ['gone', { rollout: undefined, entities: [colors] }, /was deleted\./],
    ['another object', ground({ uid: 'u2' }), /deleted and made again/],
    [
      'another version',
      ground({ status: { currentPodHash: 'red' } }),
      /Another version/,
    ],
    ['another generation', ground({ generation: 4 }), /manifest was changed/],
    [
      'another step',
      ground({ status: { currentStepIndex: 2 } }),
      /from step 2 to step 3/,
    ],
    ['aborted', ground({ status: { abort: true } }), /aborted/],
    [
      'another owner',
      ground({
        entities: [{ ...colors, ownerRefs: ['group:default/harbor'] }],
      }),
      /owner from group:default\/palette to group:default\/harbor/,
    ],
    ['of no entity', ground({ entities: [] }), /does not belong/],
  ])('has moved when it is %s', (_, now, reason) => {
    expect(whatMoved(newApproval(), now)).toMatch(reason);
  });
});
