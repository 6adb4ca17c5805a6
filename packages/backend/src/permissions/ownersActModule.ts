import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { OwnersActPolicy } from './OwnersActPolicy';

/** The policy of this portal: owners act, others look. */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-act',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new OwnersActPolicy());
      },
    });
  },
});
