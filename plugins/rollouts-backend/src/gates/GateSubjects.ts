import type {
  Rollout,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutAccess } from '../access/RolloutAccess';
import { rolloutKey, type EntityIndex } from '../entities/EntityIndex';
import type { Selectable } from '../selection/matchSelector';
import type { GateSubject } from './ActionGate';
import type { Ungated } from './ActionGates';

export interface GateSubjectsOptions {
  access: Pick<RolloutAccess, 'owns'>;
  index: Pick<EntityIndex, 'entityRefs' | 'selection'>;
  /** By the cluster's name. */
  tier: (cluster: string) => string | undefined;
}

/** Puts together what the gates are told of a rollout. */
export class GateSubjects {
  constructor(private readonly options: GateSubjectsOptions) {}

  of(
    cluster: string,
    rollout: Rollout,
    action: RolloutAction,
  ): Ungated<GateSubject> {
    const { namespace = '', name, uid = '' } = rollout.metadata;
    const { tier, entities } = this.selectable(cluster, rollout);
    const ref = { cluster, namespace, name };
    return { ref, uid, tier, entities, action, rollout };
  }

  /** What the scope of a policy or a window looks at. */
  selectable(cluster: string, rollout: Rollout): Selectable {
    const { access, index, tier } = this.options;
    return {
      cluster,
      tier: tier(cluster),
      rollout,
      // An annotation alone must neither lock a rollout nor say who approves.
      entities: index
        .entityRefs(rolloutKey(cluster, rollout))
        .filter(ref => access.owns({ cluster, rollout }, ref))
        .flatMap(ref => index.selection(ref) ?? []),
    };
  }
}
