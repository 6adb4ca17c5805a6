import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ROLLOUT_ACTIONS,
  rolloutActionPermissions,
  rolloutReadPermission,
  type AccessView,
  type Rollout,
  type RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  APPROVAL_RIGHTS,
  approvalRightPermissions,
  rightMissing,
  type ApprovalRight,
} from './approvalRights';
import { decideOwnership, type OwnershipRule } from '../entities/ownership';
import type { EntitySelection } from '../entities/EntitySelection';

/** Permission requests have a body limit, and each is answered as a whole. */
const MOST_PER_REQUEST = 50;
/** More would only wait in the permission backend's own queue. */
const MOST_REQUESTS_AT_ONCE = 4;

export interface RolloutAccessOptions {
  permissions: PermissionsService;
  ownership: OwnershipRule[];
  selection: (entityRef: string) => EntitySelection | undefined;
  /** The entities that bear this kubernetes-id. */
  claimants: (kubernetesId: string) => EntitySelection[];
}

/** What a person may do on the ground of an entity, whatever the rollouts' state. */
export type EntityPermissions = Record<RolloutAction | ApprovalRight, boolean>;

/** The answer to "may they?", with the entity on whose ground they may. */
export type ActionAccess =
  | { allowed: true; entityRef: string }
  | {
      allowed: false;
      code: 'not-permitted' | 'not-mapped';
      message: string;
      remedy: string;
    };

/**
 * Who may see and do what. Permissions are asked on the catalog entity;
 * whether the entity may speak for the rollout, the operator's map and the
 * object's labels say.
 */
export class RolloutAccess {
  readonly #options: RolloutAccessOptions;

  constructor(options: RolloutAccessOptions) {
    this.#options = options;
  }

  /** Which of these entities the caller may see the rollouts of. */
  async readable(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<Set<string>> {
    const refs = [...new Set(entityRefs)];
    const readable = new Set<string>();
    let start = 0;
    const askOn = async (): Promise<void> => {
      while (start < refs.length) {
        const some = refs.slice(start, start + MOST_PER_REQUEST);
        start += MOST_PER_REQUEST;
        const decisions = await this.#options.permissions.authorize(
          some.map(resourceRef => ({
            permission: rolloutReadPermission,
            resourceRef,
          })),
          { credentials },
        );
        some
          .filter(
            (_, index) => decisions[index]?.result === AuthorizeResult.ALLOW,
          )
          .forEach(ref => readable.add(ref));
      }
    };
    await Promise.all(Array.from({ length: MOST_REQUESTS_AT_ONCE }, askOn));
    return readable;
  }

  /** Whether the policy lets the caller read whatever the entity. */
  async readsEverything(credentials: BackstageCredentials): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorizeConditional(
      [{ permission: rolloutReadPermission }],
      { credentials },
    );
    return decision?.result === AuthorizeResult.ALLOW;
  }

  /** One of the rights around approvals, on one entity. */
  async has(
    credentials: BackstageCredentials,
    right: ApprovalRight,
    entityRef: string,
  ): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorize(
      [
        {
          permission: approvalRightPermissions[right],
          resourceRef: entityRef,
        },
      ],
      { credentials },
    );
    return decision?.result === AuthorizeResult.ALLOW;
  }

  /** All actions and rights on one entity, in one request. */
  async permitted(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<EntityPermissions> {
    const asked = { ...rolloutActionPermissions, ...approvalRightPermissions };
    const decisions = await this.#options.permissions.authorize(
      Object.values(asked).map(permission => ({
        permission,
        resourceRef: entityRef,
      })),
      { credentials },
    );
    return Object.fromEntries(
      Object.keys(asked).map((name, index) => [
        name,
        decisions[index]?.result === AuthorizeResult.ALLOW,
      ]),
    ) as EntityPermissions;
  }

  /** Asks for one action, on each entity that the rollout belongs to. */
  async action(
    credentials: BackstageCredentials,
    action: RolloutAction,
    target: {
      cluster: string;
      rollout: Rollout;
      entityRefs: readonly string[];
    },
  ): Promise<ActionAccess> {
    const refs = [...target.entityRefs];
    if (refs.length === 0) {
      return {
        allowed: false,
        code: 'not-mapped',
        message: 'The rollout belongs to no catalog entity.',
        remedy:
          'Give an entity the annotation backstage.io/kubernetes-id and the Rollout the label of the same name and value.',
      };
    }
    const decisions = await this.#options.permissions.authorize(
      refs.map(resourceRef => ({
        permission: rolloutActionPermissions[action],
        resourceRef,
      })),
      { credentials },
    );
    const permitted = refs.filter(
      (_, index) => decisions[index]?.result === AuthorizeResult.ALLOW,
    );
    if (permitted.length === 0) {
      return { allowed: false, ...notPermitted(action, refs[0] ?? '') };
    }
    let refused: ActionAccess | undefined;
    for (const entityRef of permitted) {
      const ownership = this.#ownership(target, entityRef);
      if (ownership.granted) {
        return { allowed: true, entityRef };
      }
      const { message, remedy } = ownership;
      refused = { allowed: false, code: 'not-mapped', message, remedy };
    }
    return (
      refused ?? { allowed: false, ...notPermitted(action, refs[0] ?? '') }
    );
  }

  /** What one person may do with one rollout, from what they may do on the entity. */
  view(
    permitted: EntityPermissions,
    target: { cluster: string; rollout: Rollout },
    entityRef: string,
  ): AccessView {
    const ownership = this.#ownership(target, entityRef);
    return Object.fromEntries(
      [...ROLLOUT_ACTIONS, ...APPROVAL_RIGHTS].map(action => {
        if (!permitted[action]) {
          const { message, remedy } = isRight(action)
            ? rightMissing(action, entityRef)
            : notPermitted(action, entityRef);
          return [action, { allowed: false, reason: `${message} ${remedy}` }];
        }
        return [
          action,
          ownership.granted
            ? { allowed: true }
            : {
                allowed: false,
                reason: `${ownership.message} ${ownership.remedy}`,
              },
        ];
      }),
    ) as AccessView;
  }

  /** Set when the operator gave the namespace to others. */
  refusedTo(
    target: { cluster: string; rollout: Rollout },
    entityRef: string,
  ): string | undefined {
    const ownership = this.#ownership(target, entityRef);
    return !ownership.granted && ownership.code === 'elsewhere'
      ? `${ownership.message} ${ownership.remedy}`
      : undefined;
  }

  /** Whether the cluster's side agrees that the rollout is this entity's. */
  owns(
    target: { cluster: string; rollout: Rollout },
    entityRef: string,
  ): boolean {
    return this.#ownership(target, entityRef).granted;
  }

  #ownership(
    { cluster, rollout }: { cluster: string; rollout: Rollout },
    entityRef: string,
  ) {
    const { selection, ownership, claimants } = this.#options;
    return decideOwnership(
      cluster,
      rollout,
      selection(entityRef) ?? { entityRef, ownerRefs: [] },
      ownership,
      claimants,
    );
  }
}

function isRight(name: RolloutAction | ApprovalRight): name is ApprovalRight {
  return (APPROVAL_RIGHTS as readonly string[]).includes(name);
}

function notPermitted(action: RolloutAction, entityRef: string) {
  return {
    code: 'not-permitted' as const,
    message: `You may not ${action} the rollouts of ${entityRef}.`,
    remedy: 'Ask one of its owners.',
  };
}
