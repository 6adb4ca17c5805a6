import {
  FLEET_NONE,
  type FleetFacet,
  type FleetStrategy,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Translate } from '../translation/ref';
import { entityName } from './entityName';

/** More than these would only make the list slow; the search finds the others. */
const MOST_OPTIONS = 300;

/**
 * The values of a facet with how many rows each would show, the most first;
 * what is chosen stays although it would show none.
 */
export function facetOptions(
  facet: FleetFacet,
  counts: Record<string, number>,
  chosen: readonly string[],
  t: Translate,
): { id: string; label: string }[] {
  const values = new Map(Object.entries(counts));
  for (const value of chosen) {
    values.set(value, values.get(value) ?? 0);
  }
  return [...values]
    .map(([id, total]) => ({ id, total, name: nameOf(facet, id, t) }))
    .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name))
    .slice(0, MOST_OPTIONS)
    .map(({ id, total, name }) => ({
      id,
      label: t('fleet.facet.option', { name, total: String(total) }),
    }));
}

function nameOf(facet: FleetFacet, value: string, t: Translate): string {
  switch (facet) {
    case 'owner':
    case 'system':
      return value === FLEET_NONE ? t('fleet.facet.none') : entityName(value);
    case 'strategy':
      return t(`strategy.${value as FleetStrategy}`);
    default:
      return value;
  }
}
