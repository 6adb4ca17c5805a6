import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from '../../rollout/validation/problem';
import { listAt, textAt } from '../objects/fields';
import { missingObject } from '../objects/routedObject';
import type { RoutedSnapshot } from '../router';
import { servicesOfCanary } from '../servicesOfCanary';
import { PROTOCOLS, type Protocol, type Route } from './istioObjects';
import {
  STANZA,
  destinationRuleUse,
  virtualServiceUses,
  type VirtualServiceUse,
} from './references';
import { routeSides, sideOf, type RouteSides } from './routeSides';
import { selectedRoutes } from './selectedRoutes';
import { subsetsOf } from './wantedDestinationRule';

/** Both sides have a destination in the route. */
function validateRoute(
  use: VirtualServiceUse,
  protocol: Protocol,
  index: number,
  sides: RouteSides,
): Problem[] {
  const route = listAt(use.object, 'spec', protocol)[index] as Route;
  const found = (listAt(route, 'route') as object[]).map(each =>
    sideOf(each, sides),
  );
  const { subsets } = sides;
  const name = textAt(route, 'name');
  return (['canary', 'stable'] as const)
    .filter(side => !found.includes(side))
    .map(side => ({
      field: `${use.field}.name`,
      kind: 'Invalid value',
      value: use.reference.name,
      detail: `${protocol.toLocaleUpperCase('en')} route ${name ? `"${name}"` : index} of VirtualService "${use.at.name}" has no destination with ${
        subsets
          ? `subset "${subsets[`${side}SubsetName`]}"`
          : `host "${sides[`${side}Service`]}"`
      }`,
    }));
}

function validateUse(
  use: VirtualServiceUse,
  snapshot: RoutedSnapshot,
  sides: RouteSides,
): Problem[] {
  const { object, field, reference, at } = use;
  if (!object) return [missingObject(snapshot, at, `${field}.name`)];
  const selected = PROTOCOLS.map(
    protocol =>
      [protocol, selectedRoutes(use, protocol, snapshot.rollout)] as const,
  );
  const problems = selected.flatMap(([, { problem }]) =>
    problem ? [{ kind: 'Invalid value' as const, ...problem }] : [],
  );
  if (problems.length) return problems;
  if (selected.every(([, { indices }]) => !indices.length)) {
    return [
      {
        field: `${field}.name`,
        kind: 'Invalid value',
        value: reference.name,
        detail: `VirtualService "${at.name}" has no HTTP, TLS or TCP route whose weights could be set: add one`,
      },
    ];
  }
  return selected.flatMap(([protocol, { indices }]) =>
    indices.flatMap(index => validateRoute(use, protocol, index, sides)),
  );
}

function validateRule(snapshot: RoutedSnapshot): Problem[] {
  const rule = destinationRuleUse(snapshot);
  if (!rule) return [];
  const names =
    snapshot.rollout.spec.strategy?.canary?.trafficRouting?.istio
      ?.destinationRule;
  const field = `${STANZA}.destinationRule`;
  const absent = (['name', 'canarySubsetName', 'stableSubsetName'] as const)
    .filter(key => !names?.[key])
    .map((key): Problem => ({
      field: `${field}.${key}`,
      kind: 'Required value',
      detail: 'must be set',
    }));
  if (absent.length) return absent;
  if (!rule.object) return [missingObject(snapshot, rule.at, `${field}.name`)];
  const there = subsetsOf(rule.object).map(each => textAt(each, 'name'));
  return (['canarySubsetName', 'stableSubsetName'] as const)
    .filter(key => !there.includes(names?.[key]))
    .map(key => ({
      field: `${field}.${key}`,
      kind: 'Invalid value',
      value: names?.[key],
      detail: `DestinationRule "${rule.at.name}" has no such subset: add it, or correct the name`,
    }));
}

function validateStanza(rollout: Rollout): Problem[] {
  const istio = rollout.spec.strategy?.canary?.trafficRouting?.istio;
  if (!istio?.virtualService && !istio?.virtualServices?.length) {
    return [
      {
        field: `${STANZA}.virtualService`,
        kind: 'Required value',
        detail: 'either VirtualService or VirtualServices must be configured',
      },
    ];
  }
  return istio.virtualService && istio.virtualServices
    ? [
        {
          field: `${STANZA}.virtualServices`,
          kind: 'Forbidden',
          detail:
            'either VirtualService or VirtualServices must be configured, not both: put all into virtualServices',
        },
      ]
    : [];
}

/** What is wrong with the Istio stanza and the objects that it names. */
export function validateIstio(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const own = validateStanza(rollout);
  if (own.length) return own;
  const sides = routeSides(rollout, {
    ...servicesOfCanary(rollout),
    canaryHash: '',
    stableHash: '',
  });
  return [
    ...virtualServiceUses(snapshot).flatMap(use =>
      validateUse(use, snapshot, sides),
    ),
    ...validateRule(snapshot),
  ];
}
