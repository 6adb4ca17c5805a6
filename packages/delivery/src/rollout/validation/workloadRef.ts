import type { RolloutSnapshot } from '../snapshot';
import { resolveTemplate, WORKLOAD_KINDS } from '../workload/resolveWorkload';
import type { Problem } from './problem';

const REF = 'spec.workloadRef';
const SCALE_DOWN = ['never', 'onsuccess', 'progressively'];

/** A template that stands somewhere else: there, and in one place only. */
export function validateWorkloadRef(snapshot: RolloutSnapshot): Problem[] {
  const { rollout, workload } = snapshot;
  const { workloadRef: ref, template } = rollout.spec;
  if (!ref) return [];
  const problems: Problem[] = [];
  if (template) {
    problems.push({
      field: 'spec.template',
      kind: 'Forbidden',
      detail: 'template must be empty for workload reference rollout',
    });
  }
  if (!WORKLOAD_KINDS.includes(ref.kind ?? '')) {
    problems.push({
      field: `${REF}.kind`,
      kind: 'Invalid value',
      value: ref.kind ?? '',
      detail: `must be one of ${WORKLOAD_KINDS.join(', ')}`,
    });
  } else if (!workload) {
    problems.push({
      field: `${REF}.name`,
      kind: 'Invalid value',
      value: ref.name ?? '',
      detail: `${ref.kind} "${ref.name}" not found in namespace "${rollout.metadata.namespace}"`,
      missing: true,
    });
  } else if (!resolveTemplate(snapshot)?.spec) {
    problems.push({
      field: `${REF}.name`,
      kind: 'Invalid value',
      value: ref.name ?? '',
      detail: `${ref.kind} "${ref.name}" has no pod template`,
    });
  }
  if (ref.scaleDown && !SCALE_DOWN.includes(ref.scaleDown)) {
    problems.push({
      field: `${REF}.scaleDown`,
      kind: 'Invalid value',
      value: ref.scaleDown,
      detail: `must be one of ${SCALE_DOWN.join(', ')}`,
    });
  } else if (
    ref.scaleDown &&
    ref.scaleDown !== 'never' &&
    ref.kind !== 'Deployment'
  ) {
    problems.push({
      field: `${REF}.scaleDown`,
      kind: 'Invalid value',
      value: ref.scaleDown,
      detail: `only a Deployment can be scaled down; for a ${ref.kind} use "never"`,
    });
  }
  return problems;
}
