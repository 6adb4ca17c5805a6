import type {
  FleetPage,
  FleetWaiting,
  FleetWaitingItem,
  FreezeOccurrence,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { fleetClusters, fleetPage, fleetRows, fleetWaitingOf } from './fleet';
import type { FleetStateName } from './fleetStateNames';
import { freezeOccurrences } from './freezes';
import { ago } from './rollout';

const MINE = ['group:default/palette'];

/** What the backend answers in a state; undefined when it does not. */
export function fleetAnswer(
  name: FleetStateName,
  now: number,
): { page: FleetPage; waiting: FleetWaiting } | undefined {
  const rows = fleetRows(name === 'fleet-large' ? 10_000 : 412, now);
  const waiting = fleetWaitingOf(rows, MINE);
  switch (name) {
    case 'fleet-loading':
    case 'fleet-error':
    case 'fleet-forbidden':
      return undefined;
    case 'fleet-empty':
      return { page: fleetPage([]), waiting: { items: [] } };
    case 'fleet-nothing-waits':
      return { page: fleetPage(rows), waiting: { items: [] } };
    case 'fleet-cluster-down':
      return {
        waiting,
        page: fleetPage(
          rows.filter(({ ref }) => ref.cluster !== 'ap-south'),
          fleetClusters().map(cluster =>
            cluster.name === 'ap-south'
              ? {
                  ...cluster,
                  state: 'unreachable',
                  message: 'The cluster does not answer: connection refused.',
                  remedy:
                    'It is tried again by itself. Check the address in the configuration, and that the API server can be reached from here.',
                }
              : cluster,
          ),
        ),
      };
    case 'fleet-stale': {
      const since = ago(now, 190);
      return {
        waiting,
        page: fleetPage(
          rows.map(row =>
            row.ref.cluster === 'us-east'
              ? {
                  ...row,
                  stale: { since, reason: 'The connection was reset.' },
                }
              : row,
          ),
          fleetClusters().map(cluster =>
            cluster.name === 'us-east'
              ? {
                  ...cluster,
                  state: 'stale',
                  lastSeen: since,
                  message:
                    'The connection to the cluster is lost: connection reset.',
                  remedy: 'It is tried again by itself.',
                }
              : cluster,
          ),
        ),
      };
    }
    case 'fleet-frozen':
      return { page: fleetPage(rows), waiting: frozen(waiting, now) };
    default:
      return { page: fleetPage(rows), waiting };
  }
}

/** As the freeze that goes on now has it: what it refuses comes last. */
function frozen({ items }: FleetWaiting, now: number): FleetWaiting {
  const [{ name, end, scope }] = freezeOccurrences(now) as [FreezeOccurrence];
  const isFrozen = ({ row }: FleetWaitingItem) =>
    row.system === scope?.entity?.system;
  return {
    items: [
      ...items.filter(item => !isFrozen(item)),
      ...items
        .filter(isFrozen)
        .map(item => ({ ...item, frozen: { name, until: end } })),
    ],
  };
}
