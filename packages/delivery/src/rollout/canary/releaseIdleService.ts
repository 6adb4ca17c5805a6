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
 */
export function releaseIdleService(
  context: RolloutContext,
  revision: Revision,
): void {
  const { stable, snapshot } = context;
  if (!canaryOf(context).pingPong || !stable?.available) return;
  const { canaryService } = canaryServices(context);
  if (selectedHash(snapshot.services[canaryService]) !== revision.hash) return;
  switchService(
    context,
    canaryService,
    stable,
    `${revision.replicaSet.metadata.name} is about to go`,
  );
}
