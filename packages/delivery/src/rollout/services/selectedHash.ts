import {
  POD_TEMPLATE_HASH_LABEL,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** The hash that a service selects by, if it does. */
export function selectedHash(service: Service | undefined): string | undefined {
  return service?.spec.selector?.[POD_TEMPLATE_HASH_LABEL];
}
