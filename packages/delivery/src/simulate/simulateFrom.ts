import {
  weightAtStep,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parsePause } from '../rollout/time';
import { stepKindOf } from '../rollout/steps/registry';
import type { Happening } from './happening';
import { blueGreenHappenings } from './blueGreenHappenings';
import { simulatedBlueGreen } from './simulatedBlueGreen';
import { simulatedState } from './simulatedState';
import { simulate, type Turn } from './simulate';

/** What comes of a rollout when nothing goes wrong. */
export interface Future {
  happenings: Happening[];
  /** Milliseconds from the promotion to the end of the old pods, if they wait. */
  scaleDownAfter?: number;
}

/** Far enough for any strategy that people write. */
const HORIZON = 10 * 365 * 24 * 3_600_000;
const START = Date.parse('2026-01-01T00:00:00Z');

function happeningsOf(turn: Turn): Happening[] {
  const { snapshot, plan } = turn;
  const { blueGreen } = snapshot.rollout.spec.strategy ?? {};
  if (blueGreen) return blueGreenHappenings(turn, blueGreen);
  const before = snapshot.rollout.status ?? {};
  const after = plan.status;
  const canary = snapshot.rollout.spec.strategy?.canary;
  const steps = canary?.steps ?? [];
  const found: Happening[] = [];
  const isNew = after.currentPodHash !== after.stableRS;

  if (canary?.trafficRouting) {
    const from = before.canary?.weights?.canary.weight ?? 0;
    const to = after.canary?.weights?.canary.weight ?? 0;
    if (isNew && from !== to && to > 0) {
      found.push({
        kind: 'weight',
        weight: to,
        pods: after.updatedReplicas ?? 0,
      });
    }
  } else if (isNew && before.currentStepIndex !== after.currentStepIndex) {
    const done = steps[before.currentStepIndex ?? 0];
    if (done?.setWeight !== undefined) {
      found.push({
        kind: 'weight',
        weight: weightAtStep(steps, before.currentStepIndex ?? 0),
        pods: after.updatedReplicas ?? 0,
      });
    }
  }
  if (!before.pauseConditions?.length && after.pauseConditions?.length) {
    const duration = steps[after.currentStepIndex ?? 0]?.pause?.duration;
    found.push({
      kind: 'pause',
      ...(duration === undefined ? {} : { milliseconds: parsePause(duration) }),
    });
  }
  const run = after.canary?.currentStepAnalysisRunStatus;
  if (run && run.name !== before.canary?.currentStepAnalysisRunStatus?.name) {
    const { templates = [] } =
      steps[after.currentStepIndex ?? 0]?.analysis ?? {};
    found.push({
      kind: 'analysis',
      name: templates.map(each => each.templateName).join(' and '),
    });
  }
  const { currentExperiment } = after.canary ?? {};
  if (
    currentExperiment &&
    currentExperiment !== before.canary?.currentExperiment
  ) {
    const { templates = [], duration } =
      steps[after.currentStepIndex ?? 0]?.experiment ?? {};
    found.push({
      kind: 'experiment',
      versions: templates.map(each => each.name),
      ...(duration ? { milliseconds: parsePause(duration) } : {}),
    });
  }
  if (before.currentStepIndex !== after.currentStepIndex) {
    const step = steps[before.currentStepIndex ?? 0];
    const kind = step && stepKindOf(step);
    if (step && kind?.field === 'setCanaryScale') {
      found.push({ kind: 'step', label: kind.label(step) });
    }
  }
  if (before.stableRS !== after.stableRS) found.push({ kind: 'stable' });
  return found;
}

/**
 * Runs the planner from a rollout's present state under virtual time, with
 * pods that come up and analysis that succeeds, until it waits for a person or
 * has nothing left to do.
 */
export function simulateFrom(rollout: Rollout): Future {
  const { blueGreen } = rollout.spec.strategy ?? {};
  const cluster = blueGreen
    ? simulatedBlueGreen(rollout, blueGreen)
    : simulatedState(rollout);
  const { turns } = simulate(cluster, START, START + HORIZON);
  const index = turns.findIndex(
    ({ snapshot, plan }) =>
      snapshot.rollout.status?.stableRS !== plan.status.stableRS,
  );
  const promoted = turns[index];
  const gone =
    promoted &&
    turns.find(
      ({ at, plan }, i) =>
        i > index &&
        (at > promoted.at || blueGreen !== undefined) &&
        plan.writes.some(
          write =>
            write.verb === 'patch' &&
            (write.patch as { spec?: { replicas?: number } }).spec?.replicas ===
              0,
        ),
    );
  return {
    happenings: turns.flatMap(happeningsOf),
    ...(promoted && gone ? { scaleDownAfter: gone.at - promoted.at } : {}),
  };
}
