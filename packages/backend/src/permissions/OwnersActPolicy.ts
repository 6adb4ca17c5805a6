import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { historyVerifyPermission } from '@progressive-delivery/backstage-plugin-rollouts-common';

const TEMPLATE_PERMISSIONS = [
  'scaffolder.task.create',
  'scaffolder.task.cancel',
  'scaffolder.action.execute',
  'scaffolder.template.dry-run',
];

/**
 * Who is signed in may read everything but verify the whole history, and use
 * software templates. What changes something is decided on the catalog entity:
 * its owners may, others may not. That covers each action on a rollout, because
 * those are permissions on the entity too.
 */
export class OwnersActPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = request;
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    // All of the history, of whoever's rollouts, and work for the database.
    if (permission.name === historyVerifyPermission.name) {
      return { result: AuthorizeResult.DENY };
    }
    if (permission.attributes.action === 'read') {
      return { result: AuthorizeResult.ALLOW };
    }
    // A template ends in a service of its own; what its steps ask of others is
    // asked with the rights of whoever runs it.
    if (TEMPLATE_PERMISSIONS.includes(permission.name)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (isResourcePermission(permission, 'catalog-entity')) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({
          claims: user.info.ownershipEntityRefs,
        }),
      );
    }
    return { result: AuthorizeResult.DENY };
  }
}
