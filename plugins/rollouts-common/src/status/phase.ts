import { WORKLOAD_GENERATION_ANNOTATION } from '../kubernetes/labels';
import type { Rollout, RolloutPhase } from '../kubernetes/rollout';
import type { KubeObject } from '../kubernetes/objects';

/** @public */
export interface PhaseAndMessage {
  phase: RolloutPhase;
  message: string;
}

/**
 * The phase and message of a rollout as people see it, in the order in which
 * Argo Rollouts' own clients decide it. What the controller wrote wins once it
 * has seen the object's latest generation; older controllers wrote nothing, so
 * the rest is computed.
 *
 * @param workload - the object of `spec.workloadRef`, where there is one
 * @public
 */
export function rolloutPhase(
  rollout: Rollout,
  workload?: KubeObject,
): PhaseAndMessage {
  const status = rollout.status ?? {};
  if (!isGenerationObserved(rollout)) {
    return progressing('waiting for rollout spec update to be observed');
  }
  if (status.controllerPause && !status.pauseConditions?.length) {
    return progressing('waiting for rollout to unpause');
  }
  if (isWorkloadStale(rollout, workload)) {
    return progressing(
      'waiting for rollout spec update to be observed for the reference workload',
    );
  }
  if (status.phase) {
    return { phase: status.phase, message: status.message ?? '' };
  }
  return computePhase(rollout);
}

/**
 * The phase and message that follow from a rollout's conditions and counts
 * alone: what the controller itself writes to `status.phase`.
 * @public
 */
export function computePhase(rollout: Rollout): PhaseAndMessage {
  const status = rollout.status ?? {};
  const conditions = status.conditions ?? [];

  const invalid = conditions.find(c => c.type === 'InvalidSpec');
  if (invalid) {
    return {
      phase: 'Degraded',
      message: `${invalid.reason ?? 'InvalidSpec'}: ${invalid.message ?? ''}`,
    };
  }
  const failed = conditions.find(
    c =>
      c.reason === 'RolloutAborted' || c.reason === 'ProgressDeadlineExceeded',
  );
  if (failed) {
    return {
      phase: 'Degraded',
      message: `${failed.reason}: ${failed.message ?? ''}`,
    };
  }
  if (rollout.spec.paused) {
    return { phase: 'Paused', message: 'manually paused' };
  }
  const pause = status.pauseConditions?.[0];
  if (pause) {
    return { phase: 'Paused', message: pause.reason };
  }
  if (isRestarting(rollout)) {
    return progressing('rollout is restarting');
  }
  return phaseOfCounts(rollout);
}

function phaseOfCounts(rollout: Rollout): PhaseAndMessage {
  const { spec, status = {} } = rollout;
  const desired = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = status.availableReplicas ?? 0;
  const stable = status.stableRS ?? '';
  const current = status.currentPodHash ?? '';

  if (updated < desired) {
    return progressing('more replicas need to be updated');
  }
  if (available < updated) {
    return progressing('updated replicas are still becoming available');
  }
  if (spec.strategy?.blueGreen) {
    const active = status.blueGreen?.activeSelector;
    if (!active || active !== current) {
      return progressing('active service cutover pending');
    }
    if (stable !== current) {
      return progressing(
        spec.strategy.blueGreen.postPromotionAnalysis
          ? 'waiting for post-promotion verification to complete'
          : 'waiting for analysis to complete',
      );
    }
  } else {
    const routed = spec.strategy?.canary?.trafficRouting !== undefined;
    if (!routed && (status.replicas ?? 0) > updated) {
      return progressing('old replicas are pending termination');
    }
    if (stable !== current) {
      return progressing('waiting for all steps to complete');
    }
  }
  return { phase: 'Healthy', message: '' };
}

/**
 * `status.observedGeneration` is a string in this CRD. One that is not a
 * number comes from an older controller, which wrote a hash there; it counts
 * as observed, as does one ahead of a generation that was reset by a restore.
 * @public
 */
export function isGenerationObserved(rollout: Rollout): boolean {
  const observed = rollout.status?.observedGeneration;
  const generation = rollout.metadata.generation ?? 0;
  if (observed === undefined || observed === '') {
    return generation === 0;
  }
  if (!/^\d+$/.test(observed)) {
    return true;
  }
  return Number(observed) >= generation;
}

function isWorkloadStale(rollout: Rollout, workload?: KubeObject): boolean {
  if (!rollout.spec.workloadRef) {
    return false;
  }
  const wanted =
    workload?.metadata.generation?.toString() ??
    rollout.metadata.annotations?.[WORKLOAD_GENERATION_ANNOTATION];
  const observed = rollout.status?.workloadObservedGeneration;
  return wanted !== undefined && observed !== undefined && wanted !== observed;
}

function isRestarting(rollout: Rollout): boolean {
  const { restartAt } = rollout.spec;
  return restartAt !== undefined && restartAt !== rollout.status?.restartedAt;
}

function progressing(message: string): PhaseAndMessage {
  return { phase: 'Progressing', message };
}
