import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { TestCluster } from './testCluster';
import rolloutsPlugin from '../index';

export function component(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': name, ...annotations },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'palette' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/palette' }],
  };
}

export const ada = mockCredentials.user.header('user:default/ada');

export interface TestPortalOptions {
  /** Beside the plugin, such as services instead of the mocks. */
  features?: BackendFeature[];
  clusters: {
    name: string;
    cluster: TestCluster | { kubeconfigFile: string };
    controller?: string;
  }[];
  entities?: Entity[];
  rollouts?: JsonObject;
  /** Whether a permission is granted on an entity; all are when left out. */
  allow?: (permission: string, entityRef: string | undefined) => boolean;
}

/** The plugin in a backend of its own, on an in-memory database. */
export async function startTestPortal(options: TestPortalOptions) {
  const { allow = () => true } = options;
  const decide = (granted: boolean): DefinitivePolicyDecision => ({
    result: granted ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  });
  const data = {
    rollouts: {
      clusters: options.clusters.map(({ name, cluster, controller }) => ({
        name,
        kubeconfig: cluster.kubeconfigFile,
        controller: controller ?? 'argo',
      })),
      ...options.rollouts,
    },
  };
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(request =>
        decide(
          allow(
            request.permission.name,
            'resourceRef' in request ? request.resourceRef : undefined,
          ),
        ),
      ),
    authorizeConditional: async requests =>
      requests.map(({ permission }) =>
        decide(allow(permission.name, undefined)),
      ),
  });
  const auditor = mockServices.auditor.mock();
  const events: { eventId: string; meta?: JsonObject; ended?: string }[] = [];
  auditor.createEvent.mockImplementation(async ({ eventId, meta }) => {
    const event: (typeof events)[number] = { eventId, meta };
    events.push(event);
    return {
      success: async () => {
        event.ended = 'success';
      },
      fail: async () => {
        event.ended = 'fail';
      },
    };
  });
  const notifications: NotificationSendOptions[] = [];
  const backend = await startTestBackend({
    features: [
      rolloutsPlugin,
      ...(options.features ?? []),
      mockServices.rootConfig.factory({ data }),
      mockServices.rootLogger.factory({ level: 'none' }),
      permissions.factory,
      auditor.factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            notifications.push(notification);
          },
        }),
      }),
      catalogServiceMock.factory({
        entities: options.entities ?? [component('colors')],
      }),
    ],
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    auditEvents: events,
    notifications,
  };
}

/** Asks until the answer is what is waited for. */
export async function eventually<T>(
  ask: () => Promise<T>,
  is: (answer: T) => boolean,
  milliseconds = 10_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (is(answer)) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`Still ${JSON.stringify(answer).slice(0, 2000)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
