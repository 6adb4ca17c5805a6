import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { Write } from '../plan';
import { selectedHash } from './selectedHash';

/**
 * Lets go of a service whose rollout is gone: with the hash of pods that go
 * with it, it would select nobody. Without, it selects by its own labels again,
 * as before there was a rollout.
 */
export function releaseService(service: Service): Write {
  const {
    namespace = '',
    name,
    uid = '',
    resourceVersion = '',
  } = service.metadata;
  return {
    verb: 'patch',
    resource: RESOURCES.services,
    namespace,
    name,
    patch: {
      metadata: { annotations: { [MANAGED_BY_ANNOTATION]: null } },
      ...(selectedHash(service) === undefined
        ? {}
        : { spec: { selector: { [POD_TEMPLATE_HASH_LABEL]: null } } }),
    },
    precondition: { uid, resourceVersion },
    reason: `let go of service ${name}: its rollout ${service.metadata.annotations?.[MANAGED_BY_ANNOTATION]} is gone`,
  };
}
