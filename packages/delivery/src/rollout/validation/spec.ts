import type { RolloutSnapshot } from '../snapshot';
import { isSelectedBy } from '../restart/isSelectedBy';
import { countProblem } from './counts';
import type { Problem } from './problem';

/** The part of a manifest that every strategy has. */
export function validateSpec({
  rollout,
  workload,
}: RolloutSnapshot): Problem[] {
  const { spec } = rollout;
  const problems: Problem[] = [
    ...countProblem('spec.replicas', spec.replicas),
    ...countProblem('spec.minReadySeconds', spec.minReadySeconds),
    ...countProblem('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...countProblem(
      'spec.progressDeadlineSeconds',
      spec.progressDeadlineSeconds,
    ),
  ];
  if (
    spec.progressDeadlineSeconds !== undefined &&
    spec.progressDeadlineSeconds <= (spec.minReadySeconds ?? 0)
  ) {
    problems.push({
      field: 'spec.progressDeadlineSeconds',
      kind: 'Invalid value',
      value: spec.progressDeadlineSeconds,
      detail: 'must be greater than minReadySeconds',
    });
  }
  const { selector, template, workloadRef } = spec;
  const labels = selector?.matchLabels ?? {};
  if (
    !selector ||
    (!Object.keys(labels).length && !selector.matchExpressions?.length)
  ) {
    problems.push({
      field: 'spec.selector',
      kind: 'Required value',
      detail: 'Rollout has missing field .spec.selector',
    });
  }
  if (workloadRef) {
    if (template) {
      problems.push({
        field: 'spec.template',
        kind: 'Forbidden',
        detail: 'template must be empty for workload reference rollout',
      });
    }
    if (!workload) {
      problems.push({
        field: 'spec.workloadRef.name',
        kind: 'Invalid value',
        value: workloadRef.name,
        detail: `${workloadRef.kind ?? 'workload'} "${workloadRef.name}" not found in namespace "${rollout.metadata.namespace}"`,
      });
    }
    if (workloadRef.scaleDown && workloadRef.scaleDown !== 'never') {
      problems.push({
        field: 'spec.workloadRef.scaleDown',
        kind: 'Unsupported',
        value: workloadRef.scaleDown,
        detail: 'this controller leaves the workload as it is; use "never"',
      });
    }
    return problems;
  }
  if (!template?.spec) {
    problems.push({
      field: 'spec.template',
      kind: 'Required value',
      detail: 'Rollout has missing field .spec.template',
    });
    return problems;
  }
  if (!template.spec.containers?.length) {
    problems.push({
      field: 'spec.template.spec.containers',
      kind: 'Required value',
      detail: 'name at least one container',
    });
  }
  if (selector && !isSelectedBy(template.metadata?.labels, selector)) {
    problems.push({
      field: 'spec.template.metadata.labels',
      kind: 'Invalid value',
      value: template.metadata?.labels ?? {},
      detail: '`selector` does not match template `labels`',
    });
  }
  return problems;
}
