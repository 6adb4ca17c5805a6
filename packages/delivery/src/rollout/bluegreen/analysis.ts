import type {
  AnalysisRunStatusRef,
  RolloutAnalysis,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ensureRun } from '../analysisRuns/ensureRun';
import { failureText } from '../analysisRuns/failureText';
import { isFinal } from '../analysisRuns/findRun';
import { pauseForPerson, wasUnpaused } from '../analysisRuns/inconclusive';
import { verdictOf } from '../analysisRuns/verdict';
import type { RolloutContext } from '../context';
import { markAborted } from '../status/abort';

const FIELD = {
  PrePromotion: 'prePromotionAnalysisRunStatus',
  PostPromotion: 'postPromotionAnalysisRunStatus',
} as const;

/** Before or after the active service is switched. */
export type PromotionAnalysis = keyof typeof FIELD;

function note(
  status: RolloutStatus,
  type: PromotionAnalysis,
  run: AnalysisRunStatusRef | undefined,
): void {
  status.blueGreen = { ...status.blueGreen, [FIELD[type]]: run };
}

/**
 * Runs one of the analyses and says whether it lets the update go on. A failed
 * one aborts, an inconclusive one waits for a person and is measured anew when
 * somebody resumes.
 *
 * @param ready - it may start now; one that has started goes on regardless
 */
export function passAnalysis(
  context: RolloutContext,
  type: PromotionAnalysis,
  analysis: RolloutAnalysis | undefined,
  ready: boolean,
): boolean {
  if (!analysis) return true;
  const { draft } = context;
  const known = draft.status.blueGreen?.[FIELD[type]];
  if (!known && !ready) return false;
  const again = known?.status === 'Inconclusive' && wasUnpaused(context);
  const run = ensureRun(context, { type, analysis, known, again });
  if (again) draft.status.controllerPause = undefined;
  note(draft.status, type, run);
  switch (verdictOf(run)) {
    case 'go-on':
      return true;
    case 'abort':
      markAborted(context, failureText(type, run));
      return false;
    case 'ask':
      pauseForPerson(context);
      return false;
    default:
      draft.because(`waiting for analysis ${run.name}`);
      return false;
  }
}

/** A run that decides nothing any more is not referred to, so that it ends. */
export function dropUndecided(
  { draft }: RolloutContext,
  ...types: PromotionAnalysis[]
): void {
  const { status } = draft;
  for (const type of types) {
    const run = status.blueGreen?.[FIELD[type]];
    if (run && !isFinal(run.status)) note(status, type, undefined);
  }
}
