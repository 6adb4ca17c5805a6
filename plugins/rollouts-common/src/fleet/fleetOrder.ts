import type { FleetSort } from './FleetQuery';
import { FLEET_STATES, type FleetRow } from './FleetRow';

/** Where a row stands in an order: compared part by part, the address last. @public */
export type FleetPosition = readonly (string | number)[];

/** Sorts behind every date and every entity ref. */
const LAST = '\uffff';

/**
 * @param sort - `attention` puts first what needs a person, and of the same
 *   state what happened last; `since` begins with what happened last; rows
 *   without an owner or system come last
 * @public
 */
export function fleetPosition(row: FleetRow, sort: FleetSort): FleetPosition {
  const { ref } = row;
  const address = [ref.name, ref.namespace, ref.cluster];
  switch (sort) {
    case 'attention':
      return [FLEET_STATES.indexOf(row.state), -instant(row.since), ...address];
    case 'since':
      return [-instant(row.since), ...address];
    case 'share':
      return [row.share.actual, ...address];
    case 'owner':
    case 'system':
      return [row[sort] ?? LAST, ...address];
    case 'strategy':
      return [row.strategy, row.router ?? '', ...address];
    case 'cluster':
      return [ref.cluster, ref.namespace, ref.name];
    default:
      return address;
  }
}

/** By code units: cheap, and the same on every replica and in every browser. @public */
export function comparePositions(a: FleetPosition, b: FleetPosition): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i]!;
    const right = b[i];
    if (left !== right) {
      return right === undefined || left > right ? 1 : -1;
    }
  }
  return a.length === b.length ? 0 : -1;
}

function instant(at: string | undefined): number {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? 0 : time;
}
