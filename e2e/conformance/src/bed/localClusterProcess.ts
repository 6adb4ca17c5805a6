import { startLocalCluster } from '@progressive-delivery/local-cluster';
import { POD_SPEED } from '../play/podSpeed';

/** A process of its own: `localClusterProcess.ts KUBECONFIG`, until it is ended. */
async function main([kubeconfigFile]: string[]) {
  await startLocalCluster({
    kubeconfigFile,
    pods: POD_SPEED,
    log: line => process.stderr.write(`${line}\n`),
  });
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
