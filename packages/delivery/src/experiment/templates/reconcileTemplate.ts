import {
  POD_TEMPLATE_HASH_LABEL,
  type ExperimentTemplate,
  type ExperimentTemplateStatus,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatTime, parseTime } from '../../rollout/time';
import { templateStatusOf, type ExperimentContext } from '../context';
import { durationEnd } from '../ending';
import { lowerTemplate } from './lowerTemplate';
import { raiseTemplate } from './raiseTemplate';

/** Source: specification, `progressDeadlineSeconds` of an experiment. */
export const DEFAULT_DEADLINE_SECONDS = 600;

type Phase = Pick<ExperimentTemplateStatus, 'status' | 'message'>;

const COUNTS = [
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
] as const;

function countsOf({ status }: Partial<ReplicaSet> = {}) {
  const {
    replicas = 0,
    readyReplicas = 0,
    availableReplicas = 0,
  } = status ?? {};
  return {
    replicas,
    updatedReplicas: replicas,
    readyReplicas,
    availableReplicas,
  };
}

/** A template that has completed stays as it is, whatever its pods do. */
export function isTemplateOver({ status }: Partial<ExperimentTemplateStatus>) {
  return status === 'Successful' || status === 'Failed' || status === 'Error';
}

/**
 * Available pods make it Running, and Successful once the experiment comes to
 * its end; too long without them makes it Failed.
 */
function phaseOf(
  context: ExperimentContext,
  { name, replicas = 1 }: ExperimentTemplate,
  status: ExperimentTemplateStatus,
): Phase {
  const { experiment, now, before, ending, draft } = context;
  const end = durationEnd(experiment, before);
  if (ending) return { status: 'Successful' };
  if (status.availableReplicas >= replicas) {
    return {
      status: end !== undefined && now >= end ? 'Successful' : 'Running',
    };
  }
  const seconds =
    experiment.spec.progressDeadlineSeconds ?? DEFAULT_DEADLINE_SECONDS;
  const deadline =
    (parseTime(status.lastTransitionTime) ?? now) + seconds * 1_000;
  if (now >= deadline) {
    return {
      status: 'Failed',
      message: `Template '${name}' exceeded its progressDeadlineSeconds (${seconds})`,
    };
  }
  draft.wake(deadline);
  return { status: 'Progressing' };
}

/** Plans what a template's objects need, and says how it is doing. */
export function reconcileTemplate(
  context: ExperimentContext,
  template: ExperimentTemplate,
): ExperimentTemplateStatus {
  const { before, ending, draft, now } = context;
  const known = templateStatusOf(before, template.name);
  const over = isTemplateOver(known ?? {});
  const collisions = known?.collisionCount ?? 0;
  const result =
    ending || over
      ? {
          ...lowerTemplate(context, template),
          collisionCount: collisions,
          error: undefined,
        }
      : raiseTemplate(context, template, collisions);

  const counts = countsOf(result.replicaSet);
  const moved =
    result.changed || COUNTS.some(count => counts[count] !== known?.[count]);
  const status: ExperimentTemplateStatus = {
    name: template.name,
    ...counts,
    ...(result.collisionCount ? { collisionCount: result.collisionCount } : {}),
    status: known?.status,
    message: known?.message,
    lastTransitionTime: moved ? formatTime(now) : known?.lastTransitionTime,
    ...(result.service
      ? {
          serviceName: result.service.metadata.name,
          podTemplateHash:
            result.service.spec.selector?.[POD_TEMPLATE_HASH_LABEL],
        }
      : {}),
  };
  if (over) return status;
  const phase: Phase = result.error
    ? { status: 'Error', message: result.error }
    : phaseOf(context, template, status);
  if (phase.status && phase.status !== known?.status) {
    draft.transition(
      `Template '${template.name}'`,
      'Template',
      known?.status,
      phase.status,
      phase.message,
    );
    draft.because(
      `template ${template.name} is ${phase.status}${phase.message ? `: ${phase.message}` : ''}`,
    );
  }
  return { ...status, status: phase.status, message: phase.message };
}
