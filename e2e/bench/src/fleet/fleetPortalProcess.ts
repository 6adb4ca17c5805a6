/**
 * The real backend plugin over a fleet, in a process of its own, with a
 * catalog of as many components. The policy answers with conditions, as those
 * of real portals do, and hides every tenth component. Started with the API
 * server's port and the number of rollouts.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import rolloutsPlugin from '@progressive-delivery/backstage-plugin-rollouts-backend';
import { answer, onQuestion } from '../child';

const USER = 'user:default/ada';
const TEAMS = 200;

function component(index: number) {
  const name = `service-${index}`;
  // One rollout in five hundred is the reader's own and paused.
  const owner =
    index % 500 === 3 ? USER : `group:default/team-${index % TEAMS}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [
      { type: 'ownedBy', targetRef: owner },
      { type: 'partOf', targetRef: `system:default/system-${index % 40}` },
    ],
  };
}

function writeKubeconfig(port: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true }));
  process.once('SIGTERM', () => process.exit(0));
  const file = join(directory, 'kubeconfig');
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'fleet', cluster: { server: `http://127.0.0.1:${port}` } },
      ],
      users: [{ name: 'portal', user: { token: 'bench' } }],
      contexts: [
        { name: 'fleet', context: { cluster: 'fleet', user: 'portal' } },
      ],
      'current-context': 'fleet',
    }),
  );
  return file;
}

async function main(clusterPort: number, rollouts: number) {
  const permissions: PermissionsService = {
    authorize: async requests =>
      requests.map(request => ({
        result:
          'resourceRef' in request && request.resourceRef?.endsWith('7')
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: 'HAS_LABEL',
          resourceType: 'catalog-entity',
          params: { label: permission.name },
        },
      })),
  };
  const { server } = await startTestBackend({
    features: [
      rolloutsPlugin,
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissions,
      }),
      mockServices.rootConfig.factory({
        data: {
          rollouts: {
            clusters: [
              {
                name: 'fleet',
                kubeconfig: writeKubeconfig(clusterPort),
                controller: 'argo',
              },
            ],
          },
        },
      }),
      mockServices.rootLogger.factory({ level: 'none' }),
      catalogServiceMock.factory({
        entities: Array.from({ length: rollouts }, (_, i) => component(i)),
      }),
    ],
  });
  onQuestion(() => {});
  answer({
    port: server.port(),
    authorization: mockCredentials.user.header(USER),
  });
}

void main(Number(process.argv[2]), Number(process.argv[3]));
