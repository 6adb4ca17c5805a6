import {
  POD_TEMPLATE_HASH_LABEL,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { canaryOf } from './goal';

/** The hash that a service selects by, if it does. */
export function selectedHash(service: Service | undefined): string | undefined {
  return service?.spec.selector?.[POD_TEMPLATE_HASH_LABEL];
}

/** A service of the strategy selects this revision, as far as is seen. */
export function isReferred(
  context: RolloutContext,
  revision: Revision,
): boolean {
  const { canaryService, stableService } = canaryOf(context);
  return [canaryService, stableService].some(
    name =>
      name !== undefined &&
      selectedHash(context.snapshot.services[name]) === revision.hash,
  );
}
