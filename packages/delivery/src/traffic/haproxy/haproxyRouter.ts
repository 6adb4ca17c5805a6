import {
  POD_TEMPLATE_HASH_LABEL,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { changeObject } from '../objects/changeObject';
import { textAt, weightAt, withField } from '../objects/fields';
import { validateOneOf } from '../objects/oneOf';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaAt, stanzaNames } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter, WantedTraffic } from '../router';

const PLUGIN = ['plugins', 'progressive-delivery/haproxy'] as const;
const FIELDS = [PLUGIN, 'ingress', 'ingresses'] as const;
const PREFIX = 'haproxy-ingress.github.io';

function ingressesOf(rollout: Rollout) {
  return stanzaNames(rollout, ...FIELDS).map(({ name, field }) => ({
    field,
    at: {
      resource: RESOURCES.ingresses,
      namespace: rollout.metadata.namespace ?? '',
      name,
    },
  }));
}

function annotationsOf(rollout: Rollout) {
  const prefix =
    textAt(stanzaAt(rollout, ...PLUGIN), 'annotationPrefix') || PREFIX;
  return {
    balance: `${prefix}/blue-green-balance`,
    mode: `${prefix}/blue-green-mode`,
  };
}

/** `label=value=weight`, several with commas, as pairs of hash and weight. */
function parseBalance(balance: string | undefined): [string, number][] {
  return (balance ?? '').split(',').flatMap((group): [string, number][] => {
    const [label, hash = '', weight] = group.trim().split('=');
    return label === POD_TEMPLATE_HASH_LABEL
      ? [[hash, weightAt({ weight }, 'weight')]]
      : [];
  });
}

/** Each side's pods by their hash. A side alone has everything. */
function balanceOf({ weight, max, canaryHash, stableHash }: WantedTraffic) {
  const shares =
    canaryHash === stableHash
      ? [[stableHash, max]]
      : [
          [stableHash, max - weight],
          [canaryHash, weight],
        ];
  return shares
    .map(([hash, share]) => `${POD_TEMPLATE_HASH_LABEL}=${hash}=${share}`)
    .join(',');
}

function balances(snapshot: RoutedSnapshot) {
  const { balance } = annotationsOf(snapshot.rollout);
  return ingressesOf(snapshot.rollout).map(({ at }) =>
    parseBalance(routedObject(snapshot, at)?.metadata.annotations?.[balance]),
  );
}

/**
 * Splits by the `blue-green-balance` annotation of HAProxy Ingress, which
 * weighs the pods of one service by a label. The service of the Ingress has to
 * select the pods of both versions. Source: haproxy-ingress.github.io,
 * configuration keys, "Blue-green".
 */
export const haproxyRouter: TrafficRouter = {
  path: PLUGIN,
  title: 'HAProxy',
  abilities: {},
  needsServices: () => false,
  objects: rollout => ingressesOf(rollout).map(({ at }) => at),
  validate(snapshot) {
    const { rollout } = snapshot;
    return [
      ...validateOneOf(rollout, ...FIELDS),
      ...ingressesOf(rollout).flatMap(({ at, field }) =>
        routedObject(snapshot, at) ? [] : [missingObject(snapshot, at, field)],
      ),
    ];
  },
  observe(snapshot, sides) {
    const groups = balances(snapshot);
    const others = groups.flatMap(each =>
      each.filter(([hash]) => hash !== sides.stableHash),
    );
    const weight = Math.max(0, ...others.map(([, share]) => share));
    const stable = groups.flat().find(([hash]) => hash === sides.stableHash);
    return {
      weight,
      canaryHash: others.find(([, share]) => share === weight)?.[0],
      stableHash: stable?.[0],
      additional: others.map(([hash]) => hash),
    };
  },
  route(snapshot, wanted, draft, why) {
    const { rollout } = snapshot;
    const { balance, mode } = annotationsOf(rollout);
    const wantedMode = textAt(stanzaAt(rollout, ...PLUGIN), 'mode') || 'deploy';
    const changes = ingressesOf(rollout).filter(({ at }) => {
      const ingress = routedObject(snapshot, at);
      if (!ingress) return false;
      const weighed = withField(
        ingress,
        ['metadata', 'annotations', balance],
        balanceOf(wanted),
      );
      return changeObject(
        draft,
        at.resource,
        ingress,
        withField(weighed, ['metadata', 'annotations', mode], wantedMode),
        `set the weight of the canary to ${wanted.weight} in Ingress ${at.name}: ${why}`,
      );
    });
    return changes.length > 0;
  },
};
