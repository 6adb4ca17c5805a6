import { startLocalCluster } from '@progressive-delivery/local-cluster';
import type { StateDirectory } from '../state/StateDirectory';
import type { PortalCluster } from './PortalCluster';

/** The cluster inside this process, with its state and kubeconfig in the state directory. */
export async function openLocalCluster(
  state: StateDirectory,
): Promise<PortalCluster> {
  const cluster = await startLocalCluster({
    directory: state.path,
  });
  return {
    name: 'local',
    controller: 'embedded',
    kubeconfig: cluster.kubeconfigPath,
    dataPlane: {
      gateway: cluster.gatewayUrl,
      prometheus: cluster.prometheusUrl,
    },
    stop: () => cluster.stop(),
  };
}
