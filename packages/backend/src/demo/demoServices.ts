import type { Config } from '@backstage/config';

/** Where the demo puts the services that people make. */
export interface DemoServices {
  /** A folder for each service; its manifests and its `catalog-info.yaml`. */
  directory: string;
  /** Of the cluster in which they run. */
  kubeconfig: string;
  /** The only one that templates reach. */
  namespace: string;
}

/** `demo.services` of the configuration; absent where no demo runs. */
export function readDemoServices(config: Config): DemoServices | undefined {
  const services = config.getOptionalConfig('demo.services');
  return (
    services && {
      directory: services.getString('directory'),
      kubeconfig: services.getString('kubeconfig'),
      namespace: services.getString('namespace'),
    }
  );
}
