import {
  POD_TEMPLATE_HASH_LABEL,
  type Rollout,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';

/** The hash that a service selects by, if it does. */
export function selectedHash(service: Service | undefined): string | undefined {
  return service?.spec.selector?.[POD_TEMPLATE_HASH_LABEL];
}

/** The services whose selectors the strategy moves. */
export function servicesOf({ spec }: Rollout): string[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  return [
    canary?.canaryService,
    canary?.stableService,
    blueGreen?.activeService,
    blueGreen?.previewService,
  ].filter(name => name !== undefined);
}

/** A service of the strategy selects this revision, as far as is seen. */
export function isReferred(
  { rollout, snapshot }: RolloutContext,
  revision: Revision,
): boolean {
  return servicesOf(rollout).some(
    name => selectedHash(snapshot.services[name]) === revision.hash,
  );
}
