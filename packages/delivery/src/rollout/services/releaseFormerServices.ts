import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { isPromoted, type RolloutContext } from '../context';
import { formerServices } from './formerServices';
import { switchService } from './switchService';

/**
 * Lets go of services that the strategy does not name any more: they select
 * all pods of the application again, as before they were taken over. Users may
 * still come through them, so they lead to stable as long as another revision
 * runs beside it.
 */
export function releaseFormerServices(context: RolloutContext): void {
  const { snapshot, stable, others, draft } = context;
  const former = formerServices(snapshot);
  const isAlone =
    isPromoted(context) &&
    others.every(each => each.replicas === 0 && each.actual === 0);
  for (const service of former) {
    const { name } = service.metadata;
    if (isAlone) {
      draft.patch(
        RESOURCES.services,
        service,
        {
          metadata: { annotations: { [MANAGED_BY_ANNOTATION]: null } },
          spec: { selector: { [POD_TEMPLATE_HASH_LABEL]: null } },
        },
        `service ${name} selects all pods: the strategy does not name it any more`,
      );
    } else if (stable && stable.available > 0) {
      switchService(context, name, stable, 'the strategy does not name it');
    }
  }
}
