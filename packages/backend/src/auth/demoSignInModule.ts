import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './demoAuthenticator';

/**
 * Sign-in as a demo user, for a portal on one's own machine. It refuses to
 * start anywhere else: whoever reaches it can be anybody on its list.
 */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-sign-in',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        if (!config.has('auth.providers.demo')) {
          return;
        }
        if (process.env.NODE_ENV !== 'development') {
          throw new Error(
            'auth.providers.demo lets anybody in and works only with NODE_ENV=development; remove it from the configuration and set up a real sign-in provider',
          );
        }
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: async (info, context) =>
              context.signInWithCatalogUser({
                entityRef: { name: info.result.name },
              }),
          }),
        });
      },
    });
  },
});
