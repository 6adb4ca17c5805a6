import type {
  MetricProvider,
  StepPlugin,
  TrafficRouter,
} from '@progressive-delivery/delivery';
import type { DeliveryExtensionPoint } from './deliveryExtensionPoint';

function addOnce<T>(
  list: T[],
  one: T,
  nameOf: (one: T) => string,
  what: string,
) {
  const name = nameOf(one);
  if (list.some(each => nameOf(each) === name)) {
    throw new Error(`There is a ${what} named "${name}" already`);
  }
  list.push(one);
}

/**
 * Collects what modules add to the delivery controller; the backend plugin's
 * side of the extension point.
 * @public
 */
export class DeliveryExtensions implements DeliveryExtensionPoint {
  readonly providers: MetricProvider[] = [];
  readonly stepPlugins: StepPlugin[] = [];
  readonly routers: TrafficRouter[] = [];

  addMetricProvider(provider: MetricProvider): void {
    addOnce(this.providers, provider, ({ name }) => name, 'metric provider');
  }

  addStepPlugin(plugin: StepPlugin): void {
    addOnce(this.stepPlugins, plugin, ({ name }) => name, 'step plugin');
  }

  addTrafficRouter(router: TrafficRouter): void {
    addOnce(
      this.routers,
      router,
      ({ path }) => path.join('.'),
      'traffic router',
    );
  }
}
