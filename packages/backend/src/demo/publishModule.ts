import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { KubeClient } from '@progressive-delivery/kube';
import { createPublishAction } from './createPublishAction';
import { readDemoServices } from './demoServices';

/** Templates of the demo end in the local cluster. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'demo-publish',
  register(reg) {
    reg.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ scaffolder, config }) {
        const services = readDemoServices(config);
        if (!services) return;
        scaffolder.addActions(
          createPublishAction(services, () =>
            KubeClient.fromFile(services.kubeconfig),
          ),
        );
      },
    });
  },
});
