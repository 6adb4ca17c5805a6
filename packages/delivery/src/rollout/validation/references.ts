import type {
  Rollout,
  RolloutAnalysis,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routersOf } from '../../traffic/registry';
import type { TrafficRouter } from '../../traffic/router';
import type { RolloutSnapshot } from '../snapshot';
import { isSelectedBy } from '../restart/isSelectedBy';
import { resolveTemplate } from '../workload/resolveWorkload';
import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { validateAnalysis } from './analysis';
import type { Problem } from './problem';

const CANARY = 'spec.strategy.canary';
const BLUE_GREEN = 'spec.strategy.blueGreen';

function validateService(
  snapshot: RolloutSnapshot,
  field: string,
  name: string | undefined,
): Problem[] {
  if (!name) return [];
  const service: Service | undefined = snapshot.services[name];
  const invalid = (detail: string): Problem[] => [
    { field, kind: 'Invalid value', value: name, detail },
  ];
  if (!service) {
    return invalid(
      `service "${name}" not found in namespace "${snapshot.rollout.metadata.namespace}"; create it, or correct the name`,
    ).map(problem => ({ ...problem, missing: true }));
  }
  const manager = service.metadata.annotations?.[MANAGED_BY_ANNOTATION];
  if (manager && snapshot.serviceUsers?.[name]?.includes(manager)) {
    return invalid(
      `Service "${name}" is managed by another Rollout: "${manager}"; give each its own service`,
    );
  }
  const { [POD_TEMPLATE_HASH_LABEL]: _hash, ...selector } =
    service.spec.selector ?? {};
  const labels = resolveTemplate(snapshot)?.metadata?.labels;
  return Object.keys(selector).length &&
    isSelectedBy(labels, { matchLabels: selector })
    ? []
    : invalid(
        `Service "${name}" has unmatch label "${Object.keys(selector)[0] ?? ''}" in rollout: its selector matches none of this rollout's pods`,
      );
}

interface NamedAnalysis {
  field: string;
  analysis: RolloutAnalysis;
  mustEnd: boolean;
}

/** The analyses of experiments, as far as they have to end. */
function experimentProblems(snapshot: RolloutSnapshot): Problem[] {
  const { steps = [] } = snapshot.rollout.spec.strategy?.canary ?? {};
  return steps.flatMap(({ experiment }, i) =>
    (experiment?.analyses ?? []).flatMap((analysis, j) => {
      const { templateName, clusterScope, args } = analysis;
      const field = `${CANARY}.steps[${i}].experiment.analyses[${j}]`;
      return validateAnalysis(
        snapshot,
        field,
        { templates: [{ templateName, clusterScope }], args },
        analysis.requiredForCompletion === true,
      ).map(problem => ({ ...problem, field: `${field}.templateName` }));
    }),
  );
}

/** Every analysis of the strategy, by its field. */
function analysesOf({ spec }: Rollout): NamedAnalysis[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  const named = (
    field: string,
    analysis: RolloutAnalysis | undefined,
    mustEnd: boolean,
  ) => (analysis ? [{ field, analysis, mustEnd }] : []);
  return [
    ...named(`${CANARY}.analysis`, canary?.analysis, false),
    ...(canary?.steps ?? []).flatMap(({ analysis }, i) =>
      named(`${CANARY}.steps[${i}].analysis`, analysis, true),
    ),
    ...named(
      `${BLUE_GREEN}.prePromotionAnalysis`,
      blueGreen?.prePromotionAnalysis,
      true,
    ),
    ...named(
      `${BLUE_GREEN}.postPromotionAnalysis`,
      blueGreen?.postPromotionAnalysis,
      true,
    ),
  ];
}

/** Services, routes and templates that the strategy names. */
export function validateReferences(
  snapshot: RolloutSnapshot,
  routers: readonly TrafficRouter[],
): Problem[] {
  const { canary, blueGreen } = snapshot.rollout.spec.strategy ?? {};
  return [
    ...validateService(
      snapshot,
      `${BLUE_GREEN}.activeService`,
      blueGreen?.activeService,
    ),
    ...validateService(
      snapshot,
      `${BLUE_GREEN}.previewService`,
      blueGreen?.previewService,
    ),
    ...validateService(
      snapshot,
      `${CANARY}.stableService`,
      canary?.stableService,
    ),
    ...validateService(
      snapshot,
      `${CANARY}.canaryService`,
      canary?.canaryService,
    ),
    ...routersOf(snapshot.rollout, routers).flatMap(router =>
      router.validate(snapshot),
    ),
    ...analysesOf(snapshot.rollout).flatMap(({ field, analysis, mustEnd }) =>
      validateAnalysis(snapshot, field, analysis, mustEnd),
    ),
    ...experimentProblems(snapshot),
  ];
}
