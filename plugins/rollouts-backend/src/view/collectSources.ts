import type {
  Rollout,
  StaleView,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from '@progressive-delivery/delivery';
import type { Cluster } from '../clusters/Cluster';
import type { ClusterHealth } from '../mirror/clusterHealth';
import type { MirrorStores } from '../mirror/MirrorStores';
import type { RolloutSources } from './RolloutSources';
import { withoutSecrets } from './withoutSecrets';

/** Gathers from the mirror what a rollout's view is made of. */
export function collectSources({
  cluster,
  rollout,
  entityRefs,
  actions,
  recorded,
  locksOf,
  holdOf,
}: {
  cluster: Cluster;
  rollout: Rollout;
  entityRefs: readonly string[];
  actions: TimelineEntry[];
  recorded: RolloutSources['recorded'];
  locksOf: RolloutSources['locksOf'];
  holdOf?: () => Hold | undefined;
}): RolloutSources | undefined {
  const stores = cluster.mirror?.stores;
  if (!stores) {
    return undefined;
  }
  const { namespace, uid = '' } = rollout.metadata;
  const analysisRuns = [
    uid,
    ...stores.experiments
      .byIndex('owner', uid)
      .map(({ metadata }) => metadata.uid ?? ''),
  ].flatMap(owner => stores.analysisRuns.byIndex('owner', owner));
  const acting = cluster.acting;
  return withoutSecrets({
    cluster: cluster.name,
    rollout,
    entityRefs,
    replicaSets: stores.replicaSets.byIndex('owner', uid),
    podsOf: replicaSet => stores.pods.byIndex('owner', replicaSet),
    analysisRuns,
    events: [
      ...stores.rolloutEvents.byIndex('involved', uid),
      ...analysisRuns.flatMap(run =>
        stores.analysisRunEvents.byIndex('involved', run.metadata.uid ?? ''),
      ),
    ],
    actions,
    recorded,
    locksOf,
    // Argo Rollouts knows nothing of holds.
    hold: acting === 'embedded' ? holdOf?.() : undefined,
    controller: acting,
    stale: staleView(cluster.health),
    exists: (kind, name) => exists(stores, namespace, kind, name),
  });
}

function staleView({
  state,
  lastSeen,
  message,
}: ClusterHealth): StaleView | undefined {
  return state === 'stale' || state === 'unreachable'
    ? {
        since: lastSeen ?? '',
        reason: message ?? 'The cluster does not answer.',
      }
    : undefined;
}

const STORES = {
  service: 'services',
  virtualService: 'virtualServices',
  analysisTemplate: 'analysisTemplates',
  clusterAnalysisTemplate: 'clusterAnalysisTemplates',
} as const;

/** `undefined` where the kind may not be read, so that nothing is missed by mistake. */
function exists(
  stores: MirrorStores,
  namespace: string | undefined,
  kind: Parameters<RolloutSources['exists']>[0],
  name: string,
): boolean | undefined {
  const store = stores[STORES[kind]];
  if (!store.synced) {
    return undefined;
  }
  if (kind === 'clusterAnalysisTemplate') {
    return store.get(undefined, name) !== undefined;
  }
  // Istio's reference may say `name.namespace`.
  const [own = name, other] =
    kind === 'virtualService' ? name.split('.') : [name];
  return store.get(other ?? namespace, own) !== undefined;
}
