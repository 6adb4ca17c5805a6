import type {
  AnalysisPhase,
  MetricResult,
  RunSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** From best to worst, of the phases that can stand together. */
const ORDER: AnalysisPhase[] = [
  'Successful',
  'Running',
  'Pending',
  'Inconclusive',
  'Error',
  'Failed',
];

/** Whether `left` is the worse outcome. */
export function isWorse(left: AnalysisPhase, right: AnalysisPhase): boolean {
  return ORDER.indexOf(left) > ORDER.indexOf(right);
}

/** How many metrics (not measurements) came out how. */
export function summarize(count: number, results: MetricResult[]): RunSummary {
  const of = (phase: AnalysisPhase) =>
    results.filter(result => result.phase === phase).length;
  const counts = {
    count,
    successful: of('Successful'),
    failed: of('Failed'),
    inconclusive: of('Inconclusive'),
    error: of('Error'),
  };
  return Object.fromEntries(
    Object.entries(counts).filter(([, number]) => number > 0),
  );
}
