import type {
  AnalysisRunStatusRef,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import {
  buildAnalysisRun,
  type AnalysisRunType,
} from '../../analysis/build/buildAnalysisRun';
import type { RolloutContext } from '../context';
import { findRun, isFinal } from './findRun';

/** Which run is wanted, and what the status says about it so far. */
export interface RunRequest {
  type: AnalysisRunType;
  analysis: RolloutAnalysis;
  stepIndex?: number;
  known?: AnalysisRunStatusRef;
  /** Start another one although the known one has decided. */
  again?: boolean;
}

const TITLE: Record<AnalysisRunType, string> = {
  Step: 'Step Analysis Run',
  Background: 'Background Analysis Run',
  PrePromotion: 'PrePromotion Analysis Run',
  PostPromotion: 'PostPromotion Analysis Run',
};

/**
 * Finds the run or plans its creation, and returns what the status should say.
 * A run that the status names but the view does not show is created again under
 * the same name: where the view only lags, the cluster refuses that, and where
 * somebody has deleted it, the rollout goes on. It never means an abort.
 */
export function ensureRun(
  context: RolloutContext,
  { type, analysis, stepIndex, known, again }: RunRequest,
): AnalysisRunStatusRef {
  const { snapshot, draft, current, stable } = context;
  const run = again
    ? undefined
    : findRun(context, type, known?.name, stepIndex);
  if (run) {
    const { phase = 'Pending', message } = run.status ?? {};
    if (known?.status !== phase) {
      draft.event(
        `AnalysisRun${phase}`,
        `${TITLE[type]} '${run.metadata.name}' Status New: '${phase}' Previous: '${known?.status ?? ''}'`,
        phase === 'Failed' || phase === 'Error' ? 'Warning' : 'Normal',
      );
    }
    return {
      name: run.metadata.name,
      status: phase,
      ...(message ? { message } : {}),
    };
  }
  const decided = isFinal(known?.status);
  if (known && decided && !again) return known;
  const object = buildAnalysisRun({
    rollout: context.rollout,
    analysis,
    type,
    stepIndex,
    podHash: current.hash,
    stableHash: stable?.hash ?? '',
    revision: String(current.number),
    templates: snapshot,
    takenNames: [
      ...snapshot.analysisRuns.map(each => each.metadata.name),
      ...(snapshot.takenRunNames ?? []),
    ],
  });
  draft.create(
    RESOURCES.analysisRuns,
    object,
    `started analysis ${object.metadata.name}`,
  );
  return { name: object.metadata.name, status: 'Pending' };
}
