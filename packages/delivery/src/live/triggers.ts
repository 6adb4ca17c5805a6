import type {
  Experiment,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StoreChange } from '@progressive-delivery/kube';
import { runOfJob } from '../providers/job';
import { jobOutcome } from '../providers/jobOutcome';
import { managerOf, ownerOf, servicesOf } from './references';
import { needsPods } from '../rollout/revisions/needsPods';
import { kindKey, routeKey } from '../rollout/snapshot';
import type { ClusterView } from './view';

/** What the queue's keys are about. */
export type WorkKind = 'rollout' | 'analysis' | 'experiment' | 'service';

/** `rollout/<namespace>/<name>`, and so on for each kind. */
export type WorkKey = string;

export function keyOf(kind: WorkKind, object: KubeObject): WorkKey {
  return `${kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

export function parseKey(key: WorkKey): {
  kind: WorkKind;
  namespace: string;
  name: string;
} {
  const [kind, namespace = '', name = ''] = key.split('/');
  return { kind: kind as WorkKind, namespace, name };
}

/**
 * Adds the key of whatever a change in the cluster concerns. Keys, not
 * events: what has changed is found out when the key's turn comes.
 */
export function connectTriggers(
  { stores, routes, pods }: Pick<ClusterView, 'stores' | 'routes' | 'pods'>,
  add: (key: WorkKey) => void,
  forget: (key: WorkKey, uid: string) => void,
  /** A Job of this AnalysisRun has ended, or is gone. */
  onJobEnd: (runUid: string) => void,
): () => void {
  const rollouts = (index: string, value: string) => {
    for (const rollout of stores.rollouts.byIndex(index, value)) {
      add(keyOf('rollout', rollout));
    }
  };
  const inNamespace = (namespace: string | undefined) => {
    for (const rollout of stores.rollouts.list(namespace)) {
      add(keyOf('rollout', rollout));
    }
  };
  const experiments = (some: Experiment[]) => {
    for (const experiment of some) add(keyOf('experiment', experiment));
  };
  const owned = (object: KubeObject) => {
    const owner = ownerOf(object);
    if (!owner) return;
    rollouts('uid', owner);
    experiments(stores.experiments.byIndex('uid', owner));
  };
  const path = ({ metadata }: KubeObject) =>
    `${metadata.namespace ?? ''}/${metadata.name}`;
  const primary =
    (kind: WorkKind) =>
    ({ type, object }: StoreChange<KubeObject>) => {
      const key = keyOf(kind, object);
      if (type === 'deleted') forget(key, object.metadata.uid ?? '');
      else add(key);
    };
  const stops = [
    stores.rollouts.subscribe(primary('rollout')),
    stores.rollouts.subscribe(({ type, object }) => {
      if (type !== 'deleted') return;
      for (const service of stores.services.byIndex('manager', path(object))) {
        add(keyOf('service', service));
      }
      // Another may have waited for these services.
      for (const name of servicesOf(object)) {
        rollouts('service', `${object.metadata.namespace ?? ''}/${name}`);
      }
    }),
    // An experiment keeps its pods until nothing is routed to them.
    stores.rollouts.subscribe(({ object }) =>
      experiments(
        stores.experiments.byIndex('owner', object.metadata.uid ?? ''),
      ),
    ),
    stores.analysisRuns.subscribe(primary('analysis')),
    stores.analysisRuns.subscribe(({ object }) => owned(object)),
    stores.experiments.subscribe(primary('experiment')),
    stores.experiments.subscribe(({ object }) => owned(object)),
    stores.replicaSets.subscribe(({ object }) => {
      rollouts('workload', path(object));
      if (ownerOf(object)) owned(object);
      else inNamespace(object.metadata.namespace);
    }),
    stores.pods.subscribe(({ object }) => {
      for (const replicaSet of stores.replicaSets.byIndex(
        'uid',
        ownerOf(object) ?? '',
      )) {
        for (const rollout of stores.rollouts.byIndex(
          'uid',
          ownerOf(replicaSet) ?? '',
        )) {
          if (needsPods(rollout, [replicaSet])) add(keyOf('rollout', rollout));
        }
      }
    }),
    // Whoever asks for them has waited.
    pods.onKnown(() => {
      rollouts('pods', '');
      for (const replicaSet of stores.replicaSets.byIndex('pods', '')) {
        owned(replicaSet);
      }
    }),
    stores.services.subscribe(({ object }) => {
      rollouts('service', path(object));
      owned(object);
      const [namespace = '', name = ''] = managerOf(object)?.split('/') ?? [];
      const manager = stores.rollouts.get(namespace, name);
      if (manager) add(keyOf('rollout', manager));
      else if (name) add(keyOf('service', object));
    }),
    routes.subscribe((resource, object) => {
      if (!object) {
        rollouts('routeKind', kindKey(resource));
        return;
      }
      const { namespace = '', name } = object.metadata;
      rollouts('route', routeKey(resource, namespace, name));
      rollouts('route', routeKey(resource, namespace, ''));
    }),
    stores.deployments.subscribe(({ object }) =>
      rollouts('workload', path(object)),
    ),
    stores.podTemplates.subscribe(({ object }) =>
      rollouts('workload', path(object)),
    ),
    stores.jobs.subscribe(({ type, object }) => {
      // Until it ends, its changes say nothing about the measurement.
      if (type !== 'deleted' && !jobOutcome(object)) return;
      const runUid = runOfJob(object) ?? '';
      for (const run of stores.analysisRuns.byIndex('uid', runUid)) {
        onJobEnd(runUid);
        add(keyOf('analysis', run));
      }
    }),
    // A template that appears may be the one an analysis waits for.
    stores.analysisTemplates.subscribe(({ type, object }) => {
      if (type !== 'added') return;
      inNamespace(object.metadata.namespace);
      experiments(stores.experiments.list(object.metadata.namespace));
    }),
    stores.clusterAnalysisTemplates.subscribe(({ type }) => {
      if (type !== 'added') return;
      inNamespace(undefined);
      experiments(stores.experiments.list());
    }),
  ];
  return () => stops.forEach(stop => stop());
}
