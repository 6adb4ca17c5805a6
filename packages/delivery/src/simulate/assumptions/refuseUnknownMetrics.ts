import type { Surroundings } from '../manifests/assumeMissing';
import { AssumptionError, type Assumptions } from './assumptions';

/**
 * A metric that nothing measures is a slip of the pen: what was to fail would
 * succeed.
 *
 * @param simulated - all that the assumptions are for; a metric of one of them
 *   may be unknown to the others
 * @throws AssumptionError
 */
export function refuseUnknownMetrics(
  { metrics = {} }: Pick<Assumptions, 'metrics'>,
  simulated: readonly Pick<
    Surroundings,
    'analysisTemplates' | 'clusterAnalysisTemplates'
  >[],
): void {
  const templates = simulated.flatMap(each => [
    ...each.analysisTemplates,
    ...each.clusterAnalysisTemplates,
  ]);
  const known = new Set(
    templates.flatMap(({ spec }) =>
      Array.isArray(spec?.metrics) ? spec.metrics.map(each => each?.name) : [],
    ),
  );
  const unknown = Object.keys(metrics).filter(name => !known.has(name));
  if (!unknown.length) return;
  throw new AssumptionError(
    known.size
      ? `no analysis measures ${unknown.join(', ')}; there are ${[...known].join(', ')}`
      : `no analysis measures ${unknown.join(', ')}: there are no metrics at all`,
  );
}
