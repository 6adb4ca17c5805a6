import type {
  ActionRequest,
  EntityRolloutsResponse,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from './rollouts';
import { eventually, type TestPortalOptions } from './testPortal';
import { withPortals } from './withPortals';

export const COLORS = '/api/rollouts/v1/rollouts/local/demo/colors';
export const ENTITY = '/api/rollouts/v1/entities/component/default/colors';

/** Portals that show the rollout colors. To be called where a suite begins. */
export function withColors() {
  const portals = withPortals();
  let keys = 0;

  async function startWithColors({
    rollout = canary(),
    ...options
  }: Partial<TestPortalOptions> & { rollout?: Rollout } = {}) {
    portals.cluster.createRollout(rollout);
    const portal = await portals.start(options);
    const allowed = options.allow?.('rollouts.read', ENTITY) ?? true;
    if (allowed) {
      await eventually(
        async () => (await portal.get(`${ENTITY}/rollouts`)).body,
        (body: EntityRolloutsResponse) =>
          body.rollouts?.length > 0 &&
          body.clusters.every(({ state }) => state !== 'connecting'),
      );
    }
    return portal;
  }

  function decision(change: Partial<ActionRequest> = {}): ActionRequest {
    const { metadata, status } = portals.cluster.rollout('colors');
    keys += 1;
    return {
      idempotencyKey: `key-00000000-${keys}`,
      seen: {
        uid: metadata.uid ?? '',
        generation: metadata.generation ?? 0,
        podHash: status?.currentPodHash,
        stepIndex: status?.currentStepIndex,
      },
      ...change,
    };
  }

  return { portals, startWithColors, decision };
}
