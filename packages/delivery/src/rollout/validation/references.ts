import type { Service } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routersOf } from '../../traffic/registry';
import type { TrafficRouter } from '../../traffic/router';
import type { RolloutSnapshot } from '../snapshot';
import { isSelectedBy } from '../restart/isSelectedBy';
import { resolveTemplate } from '../template/resolveTemplate';
import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { validateAnalysis } from './analysis';
import type { Problem } from './problem';

const CANARY = 'spec.strategy.canary';

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

/** Services, routes and templates that the strategy names. */
export function validateReferences(
  snapshot: RolloutSnapshot,
  routers: readonly TrafficRouter[],
): Problem[] {
  const { canary } = snapshot.rollout.spec.strategy ?? {};
  const analyses = [
    ...(canary?.analysis
      ? [[`${CANARY}.analysis`, canary.analysis] as const]
      : []),
    ...(canary?.steps ?? []).flatMap((step, i) =>
      step.analysis
        ? [[`${CANARY}.steps[${i}].analysis`, step.analysis] as const]
        : [],
    ),
  ];
  return [
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
    ...analyses.flatMap(([field, analysis]) =>
      validateAnalysis(snapshot, field, analysis, field.includes('.steps[')),
    ),
  ];
}
