import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createConvertDeploymentAction } from './actions/convertDeployment';
import { createGenerateAction } from './actions/generate';
import { createLintAction } from './actions/lint';
import { createSimulateAction } from './actions/simulate';
import { createWaitForAction } from './actions/waitFor';
import { RolloutsBackend } from './backend/RolloutsBackend';
import { systemPace } from './backend/pace';

/** The actions `rollouts:*` of the scaffolder. @public */
export const scaffolderModuleRollouts = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'rollouts',
  register({ registerInit }) {
    registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        discovery: coreServices.discovery,
        auth: coreServices.auth,
      },
      async init({ scaffolder, discovery, auth }) {
        const backend = RolloutsBackend.create({ discovery, auth });
        scaffolder.addActions(
          createGenerateAction(),
          createConvertDeploymentAction(),
          createLintAction(backend),
          createSimulateAction(backend),
          createWaitForAction(backend, systemPace),
        );
      },
    });
  },
});
