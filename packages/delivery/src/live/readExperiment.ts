import type {
  AnalysisTemplate,
  Experiment,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Store } from '@progressive-delivery/kube';
import { templateStatusOf } from '../experiment/context';
import { replicaSetName, runName } from '../experiment/names';
import { isOwnedBy } from '../experiment/ownership';
import {
  routedHashesOf,
  type ExperimentSnapshot,
} from '../experiment/snapshot';
import { byName } from '../rollout/byName';
import { ownerOf } from './references';
import type { ClusterStores } from './clusterStores';

/** Lists in a manifest that nobody has validated yet. */
function names(list: unknown): string[] {
  return Array.isArray(list)
    ? list.flatMap(each =>
        typeof each?.name === 'string' ? [each.name as string] : [],
      )
    : [];
}

/** Names that would come next, as long as they are held. */
function heldNames(
  nameOf: (attempt: number) => string,
  isHeld: (name: string) => boolean,
  from: number = 0,
): string[] {
  const held: string[] = [];
  for (let attempt = from; isHeld(nameOf(attempt)); attempt++) {
    held.push(nameOf(attempt));
  }
  return held;
}

/** Everything that belongs to an experiment, out of the mirrors. */
export function readExperiment(
  experiment: Experiment,
  stores: ClusterStores,
): ExperimentSnapshot {
  const { uid = '', namespace = '' } = experiment.metadata;
  const templates = names(experiment.spec?.templates);
  const takenReplicaSetNames = templates.flatMap(template =>
    heldNames(
      attempt => replicaSetName(experiment, template, attempt),
      name => {
        const found = stores.replicaSets.get(namespace, name);
        return found !== undefined && !isOwnedBy(found, experiment);
      },
      templateStatusOf(experiment.status ?? {}, template)?.collisionCount,
    ),
  );
  const services = new Map<string, Service>();
  const wanted = [
    ...names(experiment.spec?.templates?.map?.(each => each?.service)),
    ...templates.map(template =>
      replicaSetName(
        experiment,
        template,
        templateStatusOf(experiment.status ?? {}, template)?.collisionCount,
      ),
    ),
  ];
  for (const service of [
    ...stores.services.byIndex('owner', uid),
    ...wanted.flatMap(name => stores.services.get(namespace, name) ?? []),
  ]) {
    services.set(service.metadata.name, service);
  }
  const [owner] = stores.rollouts.byIndex('uid', ownerOf(experiment) ?? '');
  const templatesOf = (store: Store<AnalysisTemplate>, of?: string) =>
    byName(store.list(of));
  return {
    experiment,
    replicaSets: stores.replicaSets.byIndex('owner', uid),
    services: [...services.values()],
    analysisRuns: stores.analysisRuns.byIndex('owner', uid),
    analysisTemplates: templatesOf(stores.analysisTemplates, namespace),
    clusterAnalysisTemplates: templatesOf(stores.clusterAnalysisTemplates),
    takenReplicaSetNames,
    takenRunNames: names(experiment.spec?.analyses).flatMap(analysis =>
      heldNames(
        attempt => runName(experiment, analysis, attempt),
        name => stores.analysisRuns.get(namespace, name) !== undefined,
      ),
    ),
    routedHashes: routedHashesOf(owner),
    refusals: {},
  };
}
