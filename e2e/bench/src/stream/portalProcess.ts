/** The real backend plugin in a backend, in a process of its own. */
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import rolloutsPlugin from '@progressive-delivery/backstage-plugin-rollouts-backend';
import { answer, onQuestion } from '../child';

async function main(kubeconfig: string) {
  const { server } = await startTestBackend({
    features: [
      rolloutsPlugin,
      mockServices.rootConfig.factory({
        data: {
          rollouts: {
            clusters: [{ name: 'local', kubeconfig, controller: 'argo' }],
          },
        },
      }),
      mockServices.rootLogger.factory({ level: 'none' }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'colors',
              namespace: 'default',
              annotations: { 'backstage.io/kubernetes-id': 'colors' },
            },
            spec: { type: 'service', lifecycle: 'production', owner: 'a' },
            relations: [{ type: 'ownedBy', targetRef: 'group:default/a' }],
          },
        ],
      }),
    ],
  });
  onQuestion(() => {});
  answer({
    port: server.port(),
    authorization: mockCredentials.user.header(),
  });
}

void main(process.argv[2] ?? '');
