import type { RolloutSnapshot } from '../snapshot';
import { isSelectedBy } from '../restart/isSelectedBy';
import { countProblem } from './counts';
import type { Problem } from './problem';
import { validateQuantities } from './quantities';
import { validateSelector } from './selector';
import { validateWorkloadRef } from './workloadRef';

/** The part of a manifest that every strategy has. */
export function validateSpec(snapshot: RolloutSnapshot): Problem[] {
  const { spec } = snapshot.rollout;
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
    // The one of a workload that is not there is not what is missing.
    (!selector && !workloadRef) ||
    (selector &&
      !Object.keys(labels).length &&
      !selector.matchExpressions?.length)
  ) {
    problems.push({
      field: 'spec.selector',
      kind: 'Required value',
      detail: 'Rollout has missing field .spec.selector',
    });
  }
  if (workloadRef) return [...problems, ...validateWorkloadRef(snapshot)];
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
  problems.push(...validateQuantities(template));
  const unread = selector ? validateSelector('spec.selector', selector) : [];
  problems.push(...unread);
  if (
    selector &&
    !unread.length &&
    !isSelectedBy(template.metadata?.labels, selector)
  ) {
    problems.push({
      field: 'spec.template.metadata.labels',
      kind: 'Invalid value',
      value: template.metadata?.labels ?? {},
      detail: '`selector` does not match template `labels`',
    });
  }
  return problems;
}
