import { createBackend } from '@backstage/backend-defaults';
import { exitUnlessStarted } from './exitUnlessStarted';
import { stopWithLauncher } from './stopWithLauncher';

stopWithLauncher();

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./auth/demoSignInModule'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('./demo/demoServicesModule'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissions/ownersActModule'));

backend.add(import('@backstage/plugin-user-settings-backend'));

// People are told of what waits for them; signals show it at once, and events
// carry them between replicas.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@progressive-delivery/backstage-plugin-rollouts-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@progressive-delivery/backstage-plugin-scaffolder-backend-module-rollouts'),
);

backend.add(import('./demo/publishModule'));

exitUnlessStarted(backend.start());
