import { startLocalCluster } from '@progressive-delivery/local-cluster';
import { EXIT, StartProblem } from '../StartProblem';
import type { StateDirectory } from '../state/StateDirectory';
import type { PortalCluster } from './PortalCluster';

/** The cluster inside this process, with its state and kubeconfig in the state directory. */
export async function openLocalCluster(
  state: StateDirectory,
  log: (message: string) => void,
): Promise<PortalCluster> {
  const cluster = await startLocalCluster({
    directory: state.path,
    persist: true,
    dataPlane: true,
    log,
  });
  const { gatewayUrl, prometheusUrl } = cluster;
  if (!gatewayUrl || !prometheusUrl) {
    await cluster.stop();
    throw new StartProblem(
      'The local cluster started without its gateway.',
      EXIT.failed,
    );
  }
  return {
    name: 'local',
    controller: 'embedded',
    kubeconfig: cluster.kubeconfigFile,
    dataPlane: { gateway: gatewayUrl, prometheus: prometheusUrl },
    stop: () => cluster.stop(),
  };
}
