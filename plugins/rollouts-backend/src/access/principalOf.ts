import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The person behind a request, as a complete ref in lower case: whatever a
 * sign-in resolver writes, one person is one, and cannot vote twice or for a
 * change of their own by another spelling.
 */
export function principalOf({
  principal,
}: BackstageCredentials<BackstageUserPrincipal>): string {
  return stringifyEntityRef(
    parseEntityRef(principal.userEntityRef, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    }),
  );
}
