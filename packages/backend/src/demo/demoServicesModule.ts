import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { DemoServicesProvider } from './DemoServicesProvider';
import { readDemoServices } from './demoServices';

/** The catalog knows the services that people make in the demo. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'demo-services',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ catalog, config, lifecycle, logger }) {
        const services = readDemoServices(config);
        if (!services) return;
        const provider = new DemoServicesProvider(services.directory, logger);
        catalog.addEntityProvider(provider);
        lifecycle.addShutdownHook(() => provider.stop());
      },
    });
  },
});
