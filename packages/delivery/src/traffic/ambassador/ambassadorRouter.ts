import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { ownerReference } from '../../rollout/revisions/ownerReference';
import type { Problem } from '../../rollout/validation/problem';
import { changeObject } from '../objects/changeObject';
import { fieldAt, textAt, weightAt, withField } from '../objects/fields';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaNames, stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter, WantedTraffic } from '../router';

const SUFFIX = '-canary';
/** Of what comes before the suffix: observed of the reference. */
const LONGEST = 246;

/** Each Mapping that the stanza names, and the canary's beside it. */
function mappingsOf(rollout: Rollout) {
  const namespace = rollout.metadata.namespace ?? '';
  const resource = RESOURCES.mappings;
  return stanzaNames(rollout, ['ambassador'], '', 'mappings').map(
    ({ name, field }) => ({
      field,
      stable: { resource, namespace, name },
      canary: {
        resource,
        namespace,
        name: `${name.slice(0, LONGEST)}${SUFFIX}`,
      },
    }),
  );
}

/** A copy of the stable Mapping that leads its share to the canary's service. */
function canaryMapping(
  rollout: Rollout,
  stable: KubeObject,
  name: string,
  { canaryService, stableService, weight }: WantedTraffic,
): KubeObject {
  const { metadata, ...rest } = stable;
  const service = (textAt(stable, 'spec', 'service') ?? '').replace(
    stableService,
    () => canaryService,
  );
  const { status: _, ...copied } = rest as { status?: unknown };
  const made = {
    ...copied,
    metadata: {
      name,
      namespace: metadata.namespace,
      ownerReferences: [ownerReference(rollout)],
    },
  };
  return withField(
    withField(made, ['spec', 'service'], service),
    ['spec', 'weight'],
    weight,
  );
}

function validate(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const { stableService = '', canaryService = '' } =
    rollout.spec.strategy?.canary ?? {};
  const mappings = mappingsOf(rollout);
  if (!mappings.length) {
    return [
      {
        field: stanzaPath('ambassador.mappings'),
        kind: 'Required value',
        detail: 'name at least one Mapping that leads to the stable service',
      },
    ];
  }
  return mappings.flatMap(({ stable, canary, field }) => {
    const mapping = routedObject(snapshot, stable);
    if (!mapping) return [missingObject(snapshot, stable, field)];
    const invalid = (detail: string): Problem[] => [
      { field, kind: 'Invalid value', value: stable.name, detail },
    ];
    if (weightAt(mapping, 'spec', 'weight') !== 0) {
      return invalid(
        `Ambassador mapping "${stable.name}" can not define weight: take its spec.weight away`,
      );
    }
    // The reference's has no owner: it is told by where it leads.
    const existing = routedObject(snapshot, canary);
    if (
      existing &&
      !textAt(existing, 'spec', 'service')?.includes(canaryService)
    ) {
      return invalid(
        `Ambassador mapping "${canary.name}" does not lead to the canary service "${canaryService}": remove it, or rename one of the two`,
      );
    }
    return textAt(mapping, 'spec', 'service')?.includes(stableService)
      ? []
      : invalid(
          `Ambassador mapping "${stable.name}" does not lead to the stable service "${stableService}"`,
        );
  });
}

/**
 * Splits by a second Mapping for each stable one, which exists only while the
 * canary has a share: its weight is set to 0 first, and then it goes. Source:
 * docs, traffic-management/ambassador.
 */
export const ambassadorRouter: TrafficRouter = {
  path: ['ambassador'],
  title: 'Ambassador',
  abilities: {},
  needsServices: () => true,
  objects: rollout =>
    mappingsOf(rollout).flatMap(({ stable, canary }) => [stable, canary]),
  validate,
  observe(snapshot) {
    const weights = mappingsOf(snapshot.rollout).map(({ canary }) =>
      weightAt(routedObject(snapshot, canary), 'spec', 'weight'),
    );
    return { weight: Math.max(0, ...weights) };
  },
  route(snapshot, wanted, draft, why) {
    const { rollout } = snapshot;
    const { weight } = wanted;
    const changes = mappingsOf(rollout).filter(({ stable, canary }) => {
      const { resource, name } = canary;
      const mapping = routedObject(snapshot, stable);
      const existing = routedObject(snapshot, canary);
      if (
        existing &&
        weight === 0 &&
        fieldAt(existing, 'spec', 'weight') === 0
      ) {
        draft.remove(
          'delete',
          resource,
          existing,
          `removed Mapping ${name}: the canary has no share any more`,
        );
        return true;
      }
      const reason = `set the weight of the canary to ${weight} in Mapping ${name}: ${why}`;
      if (existing) {
        const made = withField(existing, ['spec', 'weight'], weight);
        return changeObject(draft, resource, existing, made, reason);
      }
      if (!mapping || weight === 0) return false;
      draft.create(
        resource,
        canaryMapping(rollout, mapping, name, wanted),
        reason,
      );
      return true;
    });
    return changes.length > 0;
  },
};
