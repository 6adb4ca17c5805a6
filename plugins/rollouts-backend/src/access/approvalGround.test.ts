import { mockCredentials } from '@backstage/backend-test-utils';
import { canary } from '../__testUtils__/rollouts';
import { approvalGround } from './approvalGround';

describe('the entity on whose ground somebody decides', () => {
  const MINE = 'component:default/mine';
  const CLAIMS = 'component:default/claims';
  const groundOf = (owned: string[], permitted: string[]) =>
    approvalGround(
      {
        owns: (_, ref) => owned.includes(ref),
        has: async (_, __, ref) => permitted.includes(ref),
      },
      mockCredentials.user(),
      'decide-approval',
      {
        cluster: 'local',
        rollout: canary(),
        entityRefs: [CLAIMS, MINE],
      },
    );

  it('is the first with the right, among those the rollout is granted to', async () => {
    await expect(groundOf([CLAIMS, MINE], [MINE])).resolves.toBe(MINE);
  });

  it('is none that claims the rollout by its annotations alone, whatever the right on it', async () => {
    await expect(groundOf([MINE], [CLAIMS, MINE])).resolves.toBe(MINE);
    await expect(groundOf([MINE], [CLAIMS])).rejects.toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    await expect(groundOf([], [CLAIMS, MINE])).rejects.toMatchObject({
      refusal: { code: 'not-mapped' },
    });
  });
});
