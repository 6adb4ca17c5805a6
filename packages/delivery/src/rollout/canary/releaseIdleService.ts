import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { selectedHash } from '../services/selectedHash';
import { switchService } from '../services/switchService';
import { canaryOf } from './goal';
import { canaryServices } from './sides';

/**
 * With ping-pong the service that has no turn keeps its pods until they go, so
 * that routers which have not heard of the change yet find them. When they go
 * it selects stable, so that no service selects what is not there (I2).
 *
 * @returns whether they may go: not before stable can have the service
 */
export function releaseIdleService(
  context: RolloutContext,
  revision: Revision,
): boolean {
  const { stable, snapshot, replicas } = context;
  if (!canaryOf(context).pingPong) return true;
  const { canaryService } = canaryServices(context);
  const selected = selectedHash(snapshot.services[canaryService]);
  if (selected !== revision.hash) return true;
  if (!stable?.available) return replicas === 0;
  switchService(
    context,
    canaryService,
    stable,
    `${revision.replicaSet.metadata.name} is about to go`,
  );
  return true;
}
