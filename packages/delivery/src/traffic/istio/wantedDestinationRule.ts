import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
  type IstioDestinationRuleRef,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { listAt, textAt, withField } from '../objects/fields';
import type { ObservedTraffic, WantedTraffic } from '../router';
import type { DestinationRule, Subset } from './istioObjects';

/** The hash that a subset selects by, if it does. */
export function hashOfSubset(subset: Subset | undefined): string | undefined {
  return textAt(subset, 'labels', POD_TEMPLATE_HASH_LABEL) || undefined;
}

export function subsetsOf(rule: DestinationRule | undefined): Subset[] {
  return listAt(rule, 'spec', 'subsets') as Subset[];
}

function withHash(subset: Subset, hash: string): Subset {
  return withField(
    subset,
    ['labels', POD_TEMPLATE_HASH_LABEL],
    hash || undefined,
  );
}

/** Made for an experiment by a controller: it selects by a hash and says no more. */
function isOfExperiment(subset: Subset): boolean {
  const labels = Object.keys(subset.labels ?? {});
  return (
    labels.length === 1 &&
    labels[0] === POD_TEMPLATE_HASH_LABEL &&
    Object.keys(subset).every(field => field === 'name' || field === 'labels')
  );
}

/**
 * A DestinationRule whose canary and stable subsets select the wanted pods.
 * Each experiment with a weight has a subset of its own, named like its
 * service, as long as it runs. Subsets of others stay as they are. Source:
 * docs, traffic-management/istio, "Subset-level Traffic Splitting".
 */
export function wantedDestinationRule(
  rule: DestinationRule,
  rollout: Rollout,
  names: IstioDestinationRuleRef,
  wanted: WantedTraffic,
): DestinationRule {
  const additional = new Map(
    wanted.additional.map(each => [each.service, each.podTemplateHash]),
  );
  const subsets = subsetsOf(rule).flatMap(subset => {
    const name = textAt(subset, 'name') ?? '';
    if (name === names.canarySubsetName) {
      return [withHash(subset, wanted.canaryHash)];
    }
    if (name === names.stableSubsetName) {
      return [withHash(subset, wanted.stableHash)];
    }
    const hash = additional.get(name);
    if (hash !== undefined) {
      additional.delete(name);
      return [withHash(subset, hash)];
    }
    const stays =
      names.additionalSubsetNames?.includes(name) || !isOfExperiment(subset);
    return stays ? [subset] : [];
  });
  const added = [...additional].map(([name, hash]) => ({
    name,
    labels: { [POD_TEMPLATE_HASH_LABEL]: hash },
  }));
  const marked = withField(
    rule,
    ['metadata', 'annotations', MANAGED_BY_ANNOTATION],
    rollout.metadata.name,
  );
  return withField(marked, ['spec', 'subsets'], [...subsets, ...added]);
}

/**
 * The same as long as the routes may still say what they said: who is about to
 * get traffic is selected already, and who is about to lose it still is.
 */
export function meanwhileDestinationRule(
  rule: DestinationRule,
  rollout: Rollout,
  names: IstioDestinationRuleRef,
  wanted: WantedTraffic,
  now: ObservedTraffic,
): DestinationRule {
  const isNamed = (name: string) =>
    [names.canarySubsetName, names.stableSubsetName].includes(name) ||
    wanted.additional.some(({ service }) => service === name);
  const leaving = subsetsOf(rule).flatMap(subset => {
    const [name = '', hash] = [textAt(subset, 'name'), hashOfSubset(subset)];
    return hash && !isNamed(name) && isOfExperiment(subset)
      ? [{ service: name, podTemplateHash: hash, weight: 0 }]
      : [];
  });
  const canaryHash =
    wanted.weight < now.weight ? (now.canaryHash ?? '') : wanted.canaryHash;
  return wantedDestinationRule(rule, rollout, names, {
    ...wanted,
    canaryHash,
    additional: [...wanted.additional, ...leaving],
  });
}
