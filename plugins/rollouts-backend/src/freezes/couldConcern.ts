import type { EntitySelection } from '../entities/EntitySelection';
import { isSelected } from '../selection/matchSelector';
import type { FreezeWindow } from './windows/FreezeWindow';

/** What a calendar is asked about. */
export interface FreezeFilter {
  cluster?: string;
  namespace?: string;
  tier?: string;
  entity?: EntitySelection;
}

/** Whether a window may concern a rollout there, whatever its labels. */
export function couldConcern(
  { scope, exceptEntities }: FreezeWindow,
  { cluster, namespace, tier, entity }: FreezeFilter,
): boolean {
  const may = (wanted: readonly string[] | undefined, value?: string) =>
    value === undefined || wanted === undefined || wanted.includes(value);
  return (
    may(scope.clusters, cluster) &&
    may(scope.namespaces, namespace) &&
    may(scope.tiers, tier) &&
    (entity === undefined ||
      (!exceptEntities.has(entity.entityRef) &&
        (scope.entity === undefined || isSelected(entity, scope.entity))))
  );
}
