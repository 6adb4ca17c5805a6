import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { ROLLOUT_ACTIONS, type RolloutAction } from './actions/actions';

/** See the rollouts of an entity. @public */
export const rolloutReadPermission = createPermission({
  name: 'rollouts.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * See the rollouts that belong to no catalog entity, in the fleet. Not on an
 * entity, because there is none.
 * @public
 */
export const rolloutReadUnmappedPermission = createPermission({
  name: 'rollouts.read-unmapped',
  attributes: { action: 'read' },
});

const entries = ROLLOUT_ACTIONS.map(
  action =>
    [
      action,
      createPermission({
        name: `rollouts.${action}`,
        attributes: { action: 'update' },
        resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
      }),
    ] as const,
);

/**
 * One permission per action, on the catalog entity that the rollout belongs
 * to, so that a policy can use the catalog's own rules (`IS_ENTITY_OWNER`).
 * @public
 */
export const rolloutActionPermissions = Object.fromEntries(entries) as Record<
  RolloutAction,
  ResourcePermission<typeof RESOURCE_TYPE_CATALOG_ENTITY>
>;

/** Ask others to approve an action on an entity's rollouts. @public */
export const approvalRequestPermission = createPermission({
  name: 'rollouts.approval.request',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Approve or reject. The policy says in addition which groups count.
 * @public
 */
export const approvalDecidePermission = createPermission({
  name: 'rollouts.approval.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Pass approvals and freeze windows, with a reason, seen by all. @public */
export const rolloutEmergencyPermission = createPermission({
  name: 'rollouts.emergency',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** See which freeze windows there are. @public */
export const freezeReadPermission = createPermission({
  name: 'rollouts.freeze.read',
  attributes: { action: 'read' },
});

/** Make a freeze window. @public */
export const freezeCreatePermission = createPermission({
  name: 'rollouts.freeze.create',
  attributes: { action: 'create' },
});

/** End a freeze window that was made in the portal. @public */
export const freezeEndPermission = createPermission({
  name: 'rollouts.freeze.end',
  attributes: { action: 'update' },
});

/** They belong to no entity: a window may concern everybody. @public */
export const freezePermissions = [
  freezeReadPermission,
  freezeCreatePermission,
  freezeEndPermission,
];

/** Verify the chains of the history. It is about all of it, and so of no entity. @public */
export const historyVerifyPermission = createPermission({
  name: 'rollouts.history.verify',
  attributes: { action: 'read' },
});

/** @public */
export const rolloutPermissions = [
  rolloutReadPermission,
  rolloutReadUnmappedPermission,
  ...Object.values(rolloutActionPermissions),
  approvalRequestPermission,
  approvalDecidePermission,
  rolloutEmergencyPermission,
];
