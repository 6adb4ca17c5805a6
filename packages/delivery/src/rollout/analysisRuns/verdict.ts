import type { AnalysisRunStatusRef } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What a run means for the rollout (I6: only success goes on). */
export type Verdict = 'go-on' | 'wait' | 'abort' | 'ask';

/** Reads a run's phase; an unknown one waits. */
export function verdictOf(run: AnalysisRunStatusRef | undefined): Verdict {
  switch (run?.status) {
    case 'Successful':
      return 'go-on';
    case 'Failed':
    case 'Error':
      return 'abort';
    case 'Inconclusive':
      return 'ask';
    default:
      return 'wait';
  }
}
