import type { PortalCluster } from '../cluster/PortalCluster';

/** What a person reads when the portal can be used. */
export function greeting(options: {
  address: string;
  cluster: PortalCluster;
  demo: boolean;
  /** A release of checkout waits for approval, or soon will. */
  waits: boolean;
  manifests?: string;
}): string {
  const { address, cluster } = options;
  const lines = [
    '',
    `  Portal      ${address}`,
    `  Cluster     ${cluster.name}${cluster.context ? ` (${cluster.kubeconfig})` : ''}`,
    `  kubectl     kubectl --kubeconfig ${cluster.kubeconfig}${cluster.context ? ` --context ${cluster.context}` : ''} get rollouts -A`,
  ];
  if (cluster.dataPlane) {
    lines.push(`  Traffic     ${cluster.dataPlane.gateway}`);
  }
  if (options.demo && cluster.dataPlane) {
    lines.push(
      '',
      '  Try first:',
      `    1. Open ${address}/catalog/default/component/colors and enter as Ada.`,
      `    2. Set the image to demo/colors:green, watch 20 % of the requests turn green at`,
      `       ${cluster.dataPlane.gateway}/grid/demo/colors, and promote.`,
      '    3. Set the image to demo/colors:red and leave it alone: the analysis rolls it back.',
      `    4. Make a service of your own: ${address}/create, "Service with progressive delivery".`,
    );
    if (options.waits) {
      lines.push(
        `    5. Open ${address}/catalog/default/component/checkout: it waits for two of its team.`,
        '       Settings, the three dots of the profile, Sign Out; then enter as Henry and',
        '       approve, and as Iris: it goes on.',
      );
    }
  } else if (options.demo && options.manifests) {
    lines.push(
      '',
      `  Nothing was written to the cluster. The demo's objects are in ${options.manifests};`,
      `  "kubectl --kubeconfig ${cluster.kubeconfig} apply -f ${options.manifests}" brings them in.`,
    );
  }
  lines.push('', '  Ctrl-C stops everything.', '');
  return lines.join('\n');
}
