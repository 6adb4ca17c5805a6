import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  freezeCreatePermission,
  freezeEndPermission,
  freezeReadPermission,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

const PERMISSIONS = {
  see: freezeReadPermission,
  make: freezeCreatePermission,
  end: freezeEndPermission,
} as const;

/** Who may do what with freeze windows. They belong to no entity. */
export class FreezeAccess {
  constructor(private readonly permissions: PermissionsService) {}

  /** @throws NotAllowedError */
  async require(
    credentials: BackstageCredentials,
    right: keyof typeof PERMISSIONS,
  ): Promise<void> {
    const permission = PERMISSIONS[right];
    const [decision] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not ${right} freeze windows. Ask the portal's operator for the permission ${permission.name}.`,
      );
    }
  }
}
