import type {
  IstioVirtualServiceRef,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { fieldAt, isFields, listAt, textAt } from '../objects/fields';
import { routedObject, type NamedReference } from '../objects/routedObject';
import type { RoutedSnapshot } from '../router';
import type { DestinationRule, VirtualService } from './istioObjects';

export const STANZA = 'spec.strategy.canary.trafficRouting.istio';

/** Where one VirtualService is referred to, and what is there. */
export interface VirtualServiceUse {
  reference: IstioVirtualServiceRef;
  /** `…istio.virtualServices[0]` */
  field: string;
  at: NamedReference;
  object?: VirtualService;
}

const stanzaOf = (rollout: Rollout) =>
  fieldAt(rollout, 'spec', 'strategy', 'canary', 'trafficRouting', 'istio');

/** The VirtualServices of a stanza: `name` or `name.namespace`, one or several. */
export function virtualServiceUses({
  rollout,
  routes,
}: Pick<RoutedSnapshot, 'rollout' | 'routes'>): VirtualServiceUse[] {
  const istio = stanzaOf(rollout);
  const one = fieldAt(istio, 'virtualService');
  const references = [
    ...(isFields(one) ? [[one, `${STANZA}.virtualService`] as const] : []),
    ...listAt(istio, 'virtualServices').map(
      (each, i) => [each, `${STANZA}.virtualServices[${i}]`] as const,
    ),
  ];
  return references.map(([reference, field]) => {
    const [name = '', elsewhere] = (textAt(reference, 'name') ?? '').split('.');
    const at = {
      resource: RESOURCES.virtualServices,
      namespace: elsewhere || (rollout.metadata.namespace ?? ''),
      name,
    };
    return {
      reference: reference as IstioVirtualServiceRef,
      field,
      at,
      object: routedObject({ routes }, at),
    };
  });
}

/** The DestinationRule whose subsets are the two sides, when traffic is split by them. */
export function destinationRuleUse({
  rollout,
  routes,
}: Pick<RoutedSnapshot, 'rollout' | 'routes'>):
  { at: NamedReference; object?: DestinationRule } | undefined {
  const rule = fieldAt(stanzaOf(rollout), 'destinationRule');
  if (!isFields(rule)) return undefined;
  const at = {
    resource: RESOURCES.destinationRules,
    namespace: rollout.metadata.namespace ?? '',
    name: textAt(rule, 'name') ?? '',
  };
  return { at, object: routedObject({ routes }, at) };
}
