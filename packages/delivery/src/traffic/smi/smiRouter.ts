import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { ownerReference } from '../../rollout/revisions/ownerReference';
import { kindKey } from '../../rollout/snapshot';
import { changeObject } from '../objects/changeObject';
import { listAt, textAt, weightAt } from '../objects/fields';
import { isOwnedBy } from '../objects/ownership';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaAt, stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter, WantedTraffic } from '../router';

/** split.smi-spec.io TrafficSplit: what of it is read here. */
interface TrafficSplit extends KubeObject {
  spec?: {
    service?: string;
    backends?: { service: string; weight: number | string }[];
  };
}

const STANZA = ['smi'] as const;
/** In this version a weight is a quantity, which is a text. */
const WITH_QUANTITIES = 'v1alpha1';

function splitOf(rollout: Rollout) {
  return {
    resource: RESOURCES.trafficSplits,
    namespace: rollout.metadata.namespace ?? '',
    name:
      textAt(stanzaAt(rollout, ...STANZA), 'trafficSplitName') ||
      rollout.metadata.name,
  };
}

/** The version to write in: that of the object, else the one that is served. */
function versionOf(
  { servedKinds }: RoutedSnapshot,
  existing: KubeObject | undefined,
): string {
  const { resource } = splitOf({ metadata: { name: '' } } as Rollout);
  return (
    existing?.apiVersion?.split('/')[1] ??
    servedKinds?.[kindKey(resource)] ??
    resource.version
  );
}

function wantedSplit(
  snapshot: RoutedSnapshot,
  existing: TrafficSplit | undefined,
  { weight, max, additional, canaryService, stableService }: WantedTraffic,
): TrafficSplit {
  const { rollout } = snapshot;
  const { resource, name, namespace } = splitOf(rollout);
  const version = versionOf(snapshot, existing);
  const others = additional.reduce((sum, each) => sum + each.weight, 0);
  const shares = [
    [canaryService, weight],
    ...additional.map(each => [each.service, each.weight] as const),
    [stableService, max - weight - others],
  ] as const;
  return {
    apiVersion: `${resource.group}/${version}`,
    kind: resource.kind,
    ...(existing ?? {
      metadata: { name, namespace, ownerReferences: [ownerReference(rollout)] },
    }),
    spec: {
      ...existing?.spec,
      service:
        textAt(stanzaAt(rollout, ...STANZA), 'rootService') || stableService,
      backends: shares.map(([service, share]) => ({
        service,
        weight: version === WITH_QUANTITIES ? String(share) : share,
      })),
    },
  };
}

/**
 * Splits by a TrafficSplit that the rollout owns. Source: docs,
 * traffic-management/smi; the versions' types of weight are the SMI
 * specification's.
 */
export const smiRouter: TrafficRouter = {
  path: STANZA,
  title: 'SMI',
  abilities: { additionalDestinations: true },
  needsServices: () => true,
  objects: rollout => [splitOf(rollout)],
  validate(snapshot) {
    const { rollout, servedKinds = {} } = snapshot;
    const split = splitOf(rollout);
    const field = stanzaPath(...STANZA);
    if (servedKinds[kindKey(split.resource)] === null) {
      return [missingObject(snapshot, split, field)];
    }
    const existing = routedObject(snapshot, split);
    return existing && !isOwnedBy(existing, rollout)
      ? [
          {
            field: `${field}.trafficSplitName`,
            kind: 'Invalid value',
            value: split.name,
            detail: `Rollout does not own TrafficSplit \`${split.name}\`: choose another trafficSplitName, or remove it`,
          },
        ]
      : [];
  },
  observe(snapshot, { canaryService }) {
    const split = routedObject(snapshot, splitOf(snapshot.rollout));
    const backend = listAt(split, 'spec', 'backends').find(
      each => textAt(each, 'service') === canaryService,
    );
    return { weight: weightAt(backend, 'weight') };
  },
  route(snapshot, wanted, draft, why) {
    const { resource, ...at } = splitOf(snapshot.rollout);
    const existing = routedObject(snapshot, { resource, ...at });
    const split = wantedSplit(snapshot, existing, wanted);
    const reason = `set the weight of the canary to ${wanted.weight} in TrafficSplit ${at.name}: ${why}`;
    if (existing) return changeObject(draft, resource, existing, split, reason);
    draft.create(resource, split, reason);
    return true;
  },
};
