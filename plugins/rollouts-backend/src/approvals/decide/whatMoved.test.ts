import { newApproval, PALETTE } from '../../__testUtils__/approvals';
import { canary } from '../../__testUtils__/rollouts';
import { specHash } from './specHash';
import { isSettling, whatMoved, type Ground } from './whatMoved';

const colors = {
  entityRef: 'component:default/colors',
  ownerRefs: [PALETTE],
};

function ground(
  change: {
    uid?: string;
    generation?: number;
    spec?: object;
    status?: object;
    entities?: Ground['entities'];
  } = {},
): Ground {
  const { uid = 'u1', generation = 3, entities = [colors] } = change;
  const { spec, status = { observedGeneration: String(generation) } } = change;
  return {
    rollout: canary({
      metadata: { uid, generation, name: 'colors', namespace: 'demo' },
      spec,
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

  it.each([
    'promote',
    'promote-full',
    'skip-step',
    'resume',
    'terminate-analysis',
  ] as const)('is over with an abort: %s', action => {
    const aborted = ground({ status: { abort: true } });
    expect(whatMoved(newApproval({ action }), aborted)).toMatch(/aborted/);
  });

  it.each(['retry', 'undo', 'set-image', 'restart'] as const)(
    'may still be wanted after an abort: %s',
    action => {
      const aborted = ground({ status: { abort: true } });
      expect(whatMoved(newApproval({ action }), aborted)).toBeUndefined();
    },
  );

  describe('of the manifest', () => {
    const seen = newApproval({ specHash: specHash(canary()) });
    const later = (spec: object, status?: object) =>
      ground({ generation: 4, spec, status });

    it('has not moved when an autoscaler has written replicas', () => {
      expect(whatMoved(seen, later({ replicas: 9 }))).toBeUndefined();
    });

    it.each<[string, object]>([
      ['steps', { strategy: { canary: { steps: [{ setWeight: 90 }] } } }],
      ['pause', { paused: true }],
      ['deadline', { progressDeadlineSeconds: 5 }],
    ])('has moved when its %s is another', (_, spec) => {
      expect(whatMoved(seen, later(spec))).toMatch(/manifest was changed/);
    });

    it('has moved as long as the controller has not seen the change, because the pod hash is old', () => {
      const unseen = later({ replicas: 9 }, { observedGeneration: '3' });
      expect(whatMoved(seen, unseen)).toMatch(/manifest was changed/);
      expect(isSettling(seen, unseen.rollout!)).toBe(true);
      expect(isSettling(seen, later({ replicas: 9 }).rollout!)).toBe(false);
    });

    it('does not wait for the controller where the object is another one', () => {
      const { rollout } = ground({
        uid: 'u2',
        generation: 4,
        status: { observedGeneration: '3' },
      });
      expect(isSettling(seen, rollout!)).toBe(false);
    });

    it('is the same whatever the order of its keys, and with null for nothing', () => {
      const { strategy, ...spec } = canary().spec;
      const other = { paused: null, strategy, ...spec } as never;
      expect(specHash({ spec: other })).toBe(seen.specHash);
    });
  });
});
