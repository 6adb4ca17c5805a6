import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  freezePermissions,
  historyVerifyPermission,
  rolloutPermissions,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ApprovalExtensions,
  approvalsExtensionPoint,
  clusterSourcesExtensionPoint,
  deliveryExtensionPoint,
  DeliveryExtensions,
  type ClusterSource,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { createRollouts } from './createRollouts';
import { registerAgentActions } from './mcp/registerAgentActions';

/**
 * Rollouts of all clusters, by catalog entity, with the actions on them.
 * @public
 */
export const rolloutsPlugin = createBackendPlugin({
  pluginId: 'rollouts',
  register(env) {
    const sources: ClusterSource[] = [];
    env.registerExtensionPoint(clusterSourcesExtensionPoint, {
      addClusterSource: source => sources.push(source),
    });
    const approvals = new ApprovalExtensions();
    env.registerExtensionPoint(approvalsExtensionPoint, approvals);
    const extensions = new DeliveryExtensions();
    env.registerExtensionPoint(deliveryExtensionPoint, extensions);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        deps.permissionsRegistry.addPermissions([
          ...rolloutPermissions,
          ...freezePermissions,
          historyVerifyPermission,
        ]);
        const rollouts = createRollouts({
          ...deps,
          sources,
          extensions,
          approvals,
        });
        deps.httpRouter.use(rollouts.router);
        registerAgentActions(deps);
        deps.lifecycle.addStartupHook(() => rollouts.start());
        deps.lifecycle.addShutdownHook(() => rollouts.stop());
        await deps.scheduler.scheduleTask({
          id: 'rollouts-history-retention',
          frequency: { hours: 24 },
          initialDelay: { minutes: 10 },
          timeout: { hours: 1 },
          // A global task needs the database at the start, which may be away;
          // two replicas that do this at once take turns at each chain.
          scope: 'local',
          fn: () => rollouts.removeOld(),
        });
        await deps.scheduler.scheduleTask({
          id: 'rollouts-notices-retention',
          frequency: { hours: 24 },
          initialDelay: { minutes: 15 },
          timeout: { minutes: 10 },
          fn: () => rollouts.notifications.removeOld(),
        });
      },
    });
  },
});
