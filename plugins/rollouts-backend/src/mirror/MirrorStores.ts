import type {
  AnalysisRun,
  AnalysisTemplate,
  KubeEvent,
  KubeObject,
  Pod,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  Store,
  type AnyObject,
  type Resource,
} from '@progressive-delivery/kube';
import {
  keepAll,
  keepIdentity,
  keepPod,
  keepReplicaSet,
  keepRollout,
} from './projections';

/** The kinds that the portal knows of a cluster. */
export interface MirrorStores {
  /** Index `uid`. */
  rollouts: Store<Rollout>;
  /** Indexes `uid`, `owner`. */
  replicaSets: Store<ReplicaSet>;
  /** Index `owner`. */
  pods: Store<Pod>;
  /** Indexes `uid`, `owner`. */
  analysisRuns: Store<AnalysisRun>;
  analysisTemplates: Store<AnalysisTemplate>;
  clusterAnalysisTemplates: Store<AnalysisTemplate>;
  /** Index `owner`. */
  experiments: Store<KubeObject>;
  services: Store<KubeObject>;
  virtualServices: Store<KubeObject>;
  /** Index `involved`: the uid of the object. */
  rolloutEvents: Store<KubeEvent>;
  /** Index `involved`. */
  analysisRunEvents: Store<KubeEvent>;
}

export type MirrorName = keyof MirrorStores;

/** What is watched of a kind, and what is kept of it. */
export interface MirrorKind {
  resource: Resource;
  fieldSelector?: string;
  project: (object: AnyObject) => KubeObject;
}

export const MIRROR_KINDS: Record<MirrorName, MirrorKind> = {
  rollouts: { resource: RESOURCES.rollouts, project: keepRollout },
  replicaSets: { resource: RESOURCES.replicaSets, project: keepReplicaSet },
  pods: { resource: RESOURCES.pods, project: keepPod },
  analysisRuns: { resource: RESOURCES.analysisRuns, project: keepAll },
  analysisTemplates: {
    resource: RESOURCES.analysisTemplates,
    project: keepAll,
  },
  clusterAnalysisTemplates: {
    resource: RESOURCES.clusterAnalysisTemplates,
    project: keepAll,
  },
  experiments: { resource: RESOURCES.experiments, project: keepIdentity },
  services: { resource: RESOURCES.services, project: keepIdentity },
  virtualServices: {
    resource: RESOURCES.virtualServices,
    project: keepIdentity,
  },
  rolloutEvents: {
    resource: RESOURCES.events,
    fieldSelector: 'involvedObject.kind=Rollout',
    project: keepAll,
  },
  analysisRunEvents: {
    resource: RESOURCES.events,
    fieldSelector: 'involvedObject.kind=AnalysisRun',
    project: keepAll,
  },
};

const uid = ({ metadata }: KubeObject) => (metadata.uid ? [metadata.uid] : []);
const owner = (object: KubeObject) => {
  const found = ownerUid(object);
  return found ? [found] : [];
};
const involved = ({ involvedObject }: KubeEvent) =>
  involvedObject?.uid ? [involvedObject.uid] : [];

export function createMirrorStores(
  onSubscriberError: (error: unknown) => void,
): MirrorStores {
  const store = <T extends KubeObject>(
    indexes: Record<string, (object: T) => readonly string[]> = {},
  ) => new Store<T>({ onSubscriberError, indexes });
  return {
    rollouts: store<Rollout>({ uid }),
    replicaSets: store<ReplicaSet>({ uid, owner }),
    pods: store<Pod>({ owner }),
    analysisRuns: store<AnalysisRun>({ uid, owner }),
    analysisTemplates: store<AnalysisTemplate>(),
    clusterAnalysisTemplates: store<AnalysisTemplate>(),
    experiments: store({ owner }),
    services: store(),
    virtualServices: store(),
    rolloutEvents: store<KubeEvent>({ involved }),
    analysisRunEvents: store<KubeEvent>({ involved }),
  };
}

/** The uid of the controlling owner. */
export function ownerUid({ metadata }: KubeObject): string | undefined {
  const references = metadata.ownerReferences ?? [];
  return (references.find(reference => reference.controller) ?? references[0])
    ?.uid;
}
