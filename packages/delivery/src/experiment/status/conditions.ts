import type {
  ExperimentStatus,
  ExperimentTemplateStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isCompleted } from '../../analysis/plan/assessMetric';
import {
  setCondition,
  type NewCondition,
} from '../../rollout/status/conditions';
import { templateStatusOf, type ExperimentContext } from '../context';
import { durationEnd } from '../ending';

function countsText(status: ExperimentTemplateStatus | undefined): string {
  return [
    status?.replicas,
    status?.readyReplicas,
    status?.availableReplicas,
  ].join('/');
}

/** Pods have come or gone since the last status. */
function hasProgressed(before: ExperimentStatus, after: ExperimentStatus) {
  return (after.templateStatuses ?? []).some(
    each =>
      countsText(each) !== countsText(templateStatusOf(before, each.name)),
  );
}

/** Brings the conditions up to what the rest of the new status says. */
export function reconcileConditions(context: ExperimentContext): void {
  const { experiment, before, draft, now } = context;
  const { status } = draft;
  const { name } = experiment.metadata;
  const set = (condition: Omit<NewCondition, 'type'>, touch = false) => {
    status.conditions = setCondition(
      (status.conditions ?? []).filter(each => each.type !== 'InvalidSpec'),
      { type: 'Progressing', ...condition },
      now,
      touch,
    );
  };
  const end = durationEnd(experiment, before);
  if (status.phase === 'Successful') {
    set({
      status: 'False',
      reason: 'ExperimentCompleted',
      message: `Experiment "${name}" has successfully ran and completed.`,
    });
  } else if (isCompleted(status.phase)) {
    set({
      status: 'False',
      reason: `Experiment${status.phase}`,
      message: `Experiment "${name}" has ended: ${status.message || status.phase}`,
    });
  } else if (hasProgressed(before, status)) {
    set(
      {
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `Experiment "${name}" is progressing.`,
      },
      true,
    );
  } else if (before.availableAt && (end === undefined || now < end)) {
    set({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `Experiment "${name}" is running.`,
    });
  } else {
    status.conditions = status.conditions?.filter(
      each => each.type !== 'InvalidSpec',
    );
  }
}
