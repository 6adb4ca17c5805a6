import { createBackendModule } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { DeliveryExtensions } from './DeliveryExtensions';
import { deliveryExtensionPoint } from './deliveryExtensionPoint';

const provider = {
  name: 'acme/errors',
  run: async () => ({ value: 1, text: '1' }),
};
const stepPlugin = { name: 'acme/smoke', run: async () => ({}) };

describe('extensions of the delivery controller', () => {
  it('come from modules', async () => {
    const extensions = new DeliveryExtensions();

    const backend = await startTestBackend({
      extensionPoints: [[deliveryExtensionPoint, extensions]],
      features: [
        createBackendModule({
          pluginId: 'rollouts',
          moduleId: 'acme',
          register: env =>
            env.registerInit({
              deps: { delivery: deliveryExtensionPoint },
              async init({ delivery }) {
                delivery.addMetricProvider(provider);
                delivery.addStepPlugin(stepPlugin);
              },
            }),
        }),
      ],
    });
    await backend.stop();

    expect(extensions.providers).toEqual([provider]);
    expect(extensions.stepPlugins).toEqual([stepPlugin]);
    expect(extensions.routers).toEqual([]);
  });

  it('cannot be added twice', () => {
    const extensions = new DeliveryExtensions();
    extensions.addStepPlugin(stepPlugin);

    expect(() => extensions.addStepPlugin(stepPlugin)).toThrow(
      'There is a step plugin named "acme/smoke" already',
    );
  });
});
