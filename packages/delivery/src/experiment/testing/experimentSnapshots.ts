import type { ExperimentSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Write } from '../../rollout/plan';
import type { ExperimentSnapshot } from '../snapshot';
import { ExperimentScenario } from './experimentScenario';
import { experiment } from './experiments';

/** The snapshot that the next turn is about. */
export function snapshotOf(scenario: ExperimentScenario): ExperimentSnapshot {
  const [snapshot] = scenario.objects.experimentSnapshots(scenario.now);
  if (!snapshot) throw new Error('no experiment');
  return snapshot;
}

/** Of a fresh experiment, with what else is there. */
export function fresh(
  spec: Partial<ExperimentSpec> = {},
  change: Partial<ExperimentSnapshot> = {},
): ExperimentSnapshot {
  return {
    ...snapshotOf(new ExperimentScenario(experiment(spec))),
    ...change,
  };
}

/** The objects of a kind that are to be created. */
export function created<T>(writes: Write[], kind: string): T[] {
  return writes.flatMap(write =>
    write.verb === 'create' && write.object.kind === kind
      ? [write.object as T]
      : [],
  );
}
