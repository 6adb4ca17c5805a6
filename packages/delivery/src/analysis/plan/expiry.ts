import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnalysisRunPlan } from './analysisRunPlan';
import { parseTime } from './time';

function secondsToLive({ spec, status }: AnalysisRun): number | undefined {
  const ttl = spec.ttlStrategy;
  switch (status?.phase) {
    case 'Successful':
      return ttl?.secondsAfterSuccess ?? ttl?.secondsAfterCompletion;
    case 'Failed':
      return ttl?.secondsAfterFailure ?? ttl?.secondsAfterCompletion;
    default:
      return ttl?.secondsAfterCompletion;
  }
}

/** A completed run changes no more; it is deleted when its time to live is over. */
export function planExpiry(run: AnalysisRun, now: number): AnalysisRunPlan {
  const plan: AnalysisRunPlan = {
    status: run.status ?? {},
    due: [],
    events: [],
    reasons: [],
  };
  const seconds = secondsToLive(run);
  const completedAt = parseTime(run.status?.completedAt);
  if (seconds === undefined || completedAt === undefined) return plan;
  const at = completedAt + seconds * 1000;
  if (at > now) return { ...plan, wakeAt: at };
  const expired = `its time to live of ${seconds} s is over`;
  return { ...plan, expired, reasons: [expired] };
}
