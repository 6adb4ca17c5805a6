import {
  SCALE_DOWN_DEADLINE_ANNOTATION,
  type ExperimentTemplate,
  type KubeObject,
  type ReplicaSet,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { awaitsTemplates } from '../analyses/analysisTemplate';
import type { ExperimentContext } from '../context';
import { replicaSetName } from '../names';
import { isOwnedBy, objectOfTemplate } from '../ownership';
import { refusalKey } from '../snapshot';
import { buildReplicaSet } from './buildReplicaSet';
import { buildService } from './buildService';

/** What has been planned for a template that is to have pods. */
export interface Raised {
  replicaSet: ReplicaSet;
  /** It is created or scaled by this plan. */
  changed: boolean;
  service?: Service;
  collisionCount: number;
  /** Why its objects cannot be had: the template is in Error. */
  error?: string;
}

function freeCollisionCount(
  { snapshot, experiment }: ExperimentContext,
  template: string,
  from: number,
): number {
  let count = from;
  while (
    snapshot.takenReplicaSetNames.includes(
      replicaSetName(experiment, template, count),
    )
  ) {
    count++;
  }
  return count;
}

/**
 * Sees to the Service first: whoever waits for a pod to be ready behind it
 * finds it there.
 */
function raiseService(
  context: ExperimentContext,
  template: ExperimentTemplate,
  replicaSet: ReplicaSet,
): Pick<Raised, 'service' | 'error'> {
  const { snapshot, experiment, draft } = context;
  const own = objectOfTemplate(snapshot.services, experiment, template.name);
  const wanted =
    template.replicas === 0
      ? undefined
      : buildService(experiment, template, replicaSet);
  if (own || !wanted) {
    if (own && !template.service) {
      draft.remove(
        'delete',
        RESOURCES.services,
        own,
        `deleted service ${own.metadata.name}: template ${template.name} asks for none any more`,
      );
      return {};
    }
    return { service: own };
  }
  const { name } = wanted.metadata;
  const failed = (why: string) => ({
    error: `Failed to create Service ${name} for template '${template.name}': ${why}`,
  });
  const held = snapshot.services.some(
    each => each.metadata.name === name && !isOwnedBy(each, experiment),
  );
  if (held) {
    return failed(
      `service ${name} already exists and is not owned by experiment template ${template.name}`,
    );
  }
  const refusal = snapshot.refusals[refusalKey(wanted)];
  if (refusal !== undefined) return failed(refusal);
  draft.create(
    RESOURCES.services,
    wanted,
    `created service ${name} for template ${template.name}`,
  );
  return { service: wanted };
}

function scale(
  { draft }: ExperimentContext,
  replicaSet: ReplicaSet,
  replicas: number,
  why: string,
): boolean {
  const { name, annotations = {} } = replicaSet.metadata;
  const from = replicaSet.spec.replicas ?? 1;
  const hasDeadline = annotations[SCALE_DOWN_DEADLINE_ANNOTATION] !== undefined;
  if (from === replicas && !hasDeadline) return false;
  draft.patch(
    RESOURCES.replicaSets,
    replicaSet,
    {
      ...(hasDeadline
        ? {
            metadata: {
              annotations: { [SCALE_DOWN_DEADLINE_ANNOTATION]: null },
            },
          }
        : {}),
      spec: { replicas },
    },
    from === replicas
      ? `${name} stays: ${why} wants it again`
      : `scaled ${name} from ${from} to ${replicas}: ${why}`,
  );
  if (from === replicas) return false;
  draft.event(
    'ScalingReplicaSet',
    `Scaled ${from < replicas ? 'up' : 'down'} ReplicaSet ${name} from ${from} to ${replicas}`,
  );
  return true;
}

/** Gives a template its ReplicaSet, with the pods it asks for, and its Service. */
export function raiseTemplate(
  context: ExperimentContext,
  template: ExperimentTemplate,
  knownCollisions: number,
): Raised {
  const { snapshot, experiment, draft } = context;
  const found = objectOfTemplate(
    snapshot.replicaSets,
    experiment,
    template.name,
  );
  const replicas =
    awaitsTemplates(context) && !found?.spec.replicas
      ? 0
      : (template.replicas ?? 1);
  const collisionCount = found
    ? knownCollisions
    : freeCollisionCount(context, template.name, knownCollisions);
  const replicaSet =
    found ?? buildReplicaSet(experiment, template, replicas, collisionCount);
  const { service, error } = raiseService(context, template, replicaSet);
  const raised = { replicaSet, service, collisionCount };
  if (error) return { ...raised, changed: false, error };
  const why = `template ${template.name} of experiment ${experiment.metadata.name}`;
  if (found) {
    return { ...raised, changed: scale(context, found, replicas, why) };
  }
  const refusal = snapshot.refusals[refusalKey(replicaSet)];
  if (refusal !== undefined) {
    draft.event(
      'ReplicaSetCreateError',
      `Failed to create new replica set "${replicaSet.metadata.name}": ${refusal}`,
      'Warning',
    );
    return {
      ...raised,
      changed: false,
      error: `Failed to create ReplicaSet for template '${template.name}': ${refusal}`,
    };
  }
  const { name } = replicaSet.metadata;
  draft.create(
    RESOURCES.replicaSets,
    replicaSet as KubeObject,
    `created ReplicaSet ${name} with ${replicas} replicas: ${why}`,
  );
  if (replicas > 0) {
    draft.event(
      'ScalingReplicaSet',
      `Scaled up ReplicaSet ${name} from 0 to ${replicas}`,
    );
  }
  return { ...raised, changed: true };
}
