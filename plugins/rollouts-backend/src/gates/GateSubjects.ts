import type {
  Rollout,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutAccess } from '../access/RolloutAccess';
import { rolloutKey, type EntityIndex } from '../entities/EntityIndex';
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
    const { access, index, tier } = this.options;
    const { namespace = '', name, uid = '' } = rollout.metadata;
    return {
      ref: { cluster, namespace, name },
      uid,
      tier: tier(cluster),
      // An annotation alone must neither lock a rollout nor say who approves.
      entities: index
        .entityRefs(rolloutKey(cluster, rollout))
        .filter(ref => access.owns({ cluster, rollout }, ref))
        .flatMap(ref => index.selection(ref) ?? []),
      action,
      rollout,
    };
  }
}
