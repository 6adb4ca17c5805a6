import {
  EXPERIMENT_NAME_ANNOTATION,
  EXPERIMENT_TEMPLATE_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
  type Experiment,
  type ExperimentTemplate,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canonicalJson } from '../../rollout/template/canonicalJson';
import { normalizeTemplate } from '../../rollout/template/normalizeTemplate';
import { shortHash } from '../../rollout/template/templateHash';
import { replicaSetName } from '../names';
import { experimentReference } from '../ownership';

/**
 * Tells the pods of one template from all others: from those of a rollout with
 * the same pod template, so that none of its services selects them, and from
 * those of another template of an A/A experiment. Source: docs,
 * features/experiment, the note on pod hashes.
 */
function hashOf(experiment: Experiment, template: ExperimentTemplate): string {
  return shortHash(
    canonicalJson([
      'experiment',
      experiment.metadata.name,
      template.name,
      normalizeTemplate(template.template),
    ]),
  );
}

/** The ReplicaSet of a template, as it is to be created. */
export function buildReplicaSet(
  experiment: Experiment,
  template: ExperimentTemplate,
  replicas: number,
  collisionCount: number = 0,
): ReplicaSet {
  const hash = hashOf(experiment, template);
  const labels = {
    ...template.template.metadata?.labels,
    [POD_TEMPLATE_HASH_LABEL]: hash,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: replicaSetName(experiment, template.name, collisionCount),
      namespace: experiment.metadata.namespace,
      labels,
      annotations: {
        [EXPERIMENT_NAME_ANNOTATION]: experiment.metadata.name,
        [EXPERIMENT_TEMPLATE_ANNOTATION]: template.name,
      },
      ownerReferences: [experimentReference(experiment)],
    },
    spec: {
      replicas,
      ...(template.minReadySeconds
        ? { minReadySeconds: template.minReadySeconds }
        : {}),
      selector: {
        ...template.selector,
        matchLabels: {
          ...template.selector.matchLabels,
          [POD_TEMPLATE_HASH_LABEL]: hash,
        },
      },
      template: {
        ...template.template,
        metadata: { ...template.template.metadata, labels },
      },
    },
  };
}
