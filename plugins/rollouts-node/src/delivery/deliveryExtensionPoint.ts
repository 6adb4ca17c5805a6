import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  MetricProvider,
  StepPlugin,
  TrafficRouter,
} from '@progressive-delivery/delivery';

/**
 * What the delivery controller can do beside what comes with it. What is added
 * works on every cluster whose controller is this backend; Argo Rollouts,
 * where it acts, has plugins of its own.
 * @public
 */
export interface DeliveryExtensionPoint {
  /**
   * A source of measurements. With a slash in its name it is a plugin, which
   * metrics ask for by `provider.plugin.<name>`; otherwise they ask for it by
   * `provider.<name>`.
   * @throws Error when there is one of this name.
   */
  addMetricProvider(provider: MetricProvider): void;
  /**
   * A kind of canary step: `plugin: { name, config }`.
   * @throws Error when there is one of this name.
   */
  addStepPlugin(plugin: StepPlugin): void;
  /**
   * A way to split traffic, mostly of `trafficRouting.plugins.<name>`.
   * @throws Error when there is one for the same stanza.
   */
  addTrafficRouter(router: TrafficRouter): void;
}

/**
 * For modules that extend the delivery controller.
 * @public
 */
export const deliveryExtensionPoint =
  createExtensionPoint<DeliveryExtensionPoint>({ id: 'rollouts.delivery' });
