import { createHash } from 'node:crypto';
import type {
  ClusterView,
  EntityRolloutsResponse,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntityPermissions, RolloutAccess } from '../access/RolloutAccess';
import type { RolloutViews } from './RolloutViews';

/** One rollout as one person gets it: the shared JSON and theirs, side by side. */
export interface EntityRollout {
  key: string;
  ref: RolloutRef;
  /** Of the rollout and the access. */
  version: string;
  /** JSON of a RolloutResponse. */
  json: string;
}

/** An entity's rollouts as one person sees them, in parts that can be compared. */
export interface EntityState {
  entityRef: string;
  annotated: boolean;
  rollouts: EntityRollout[];
  clusters: string;
  refused: EntityRolloutsResponse['refused'];
  /** Of everything above. */
  etag: string;
}

export function entityState(
  views: RolloutViews,
  access: RolloutAccess,
  entityRef: string,
  permitted: EntityPermissions,
): EntityState {
  const selection = views.index.selection(entityRef);
  const refused: EntityState['refused'] = [];
  const rollouts: EntityRollout[] = [];
  for (const key of views.index.rolloutKeys(entityRef)) {
    const made = views.detail(key);
    const rollout = views.rollout(key);
    if (!made || !rollout) {
      continue;
    }
    const { ref } = made.detail;
    const target = { cluster: ref.cluster, rollout };
    const message = access.refusedTo(target, entityRef);
    if (message) {
      refused.push({ ref, message });
      continue;
    }
    const accessJson = JSON.stringify(
      access.view(permitted, target, entityRef),
    );
    rollouts.push({
      key,
      ref,
      version: `${made.detail.version}.${hash(accessJson)}`,
      json: `{"rollout":${made.json},"access":${accessJson}}`,
    });
  }
  const problem = views.index.problem(entityRef);
  if (problem) {
    refused.push({
      ref: { cluster: selection?.cluster ?? '', namespace: '', name: '' },
      message: `The entity's label selector cannot be read: ${problem}`,
    });
  }
  const clusters = JSON.stringify(
    views.clusterViews(selection?.cluster).map(withoutRestlessFields),
  );
  return {
    entityRef,
    annotated: selection !== undefined,
    rollouts,
    clusters,
    refused,
    etag: hash(
      JSON.stringify([
        selection !== undefined,
        rollouts.map(({ key, version }) => [key, version]),
        clusters,
        refused,
      ]),
    ),
  };
}

/** JSON of an EntityRolloutsResponse. */
export function entityStateJson(state: EntityState): string {
  return [
    `{"entityRef":${JSON.stringify(state.entityRef)}`,
    `"annotated":${state.annotated}`,
    `"rollouts":[${state.rollouts.map(({ json }) => json).join(',')}]`,
    `"clusters":${state.clusters}`,
    `"refused":${JSON.stringify(state.refused)}}`,
  ].join(',');
}

/** Of a cluster that answers, when it last did is "now", all the time. */
function withoutRestlessFields(view: ClusterView): ClusterView {
  return view.state === 'ready' || view.state === 'partial'
    ? { ...view, lastSeen: undefined }
    : view;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
