import { parseArgs } from 'node:util';
import { startLocalCluster } from '../startLocalCluster';

const USAGE = `Usage: yarn local-cluster [--port N] [--kubeconfig-out FILE] [--persist]

Serves a Kubernetes API on loopback until Ctrl-C.

  --port N               listen on this port (default: any free one)
  --kubeconfig-out FILE  write the kubeconfig here (default: .local/kubeconfig)
  --persist              keep the cluster in .local/cluster.json between runs
  --help                 show this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'kubeconfig-out': { type: 'string' },
      persist: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    process.stderr.write(`--port must be a number from 0 to 65535\n`);
    return 2;
  }
  const cluster = await startLocalCluster({
    port,
    kubeconfigFile: values['kubeconfig-out'],
    persist: values.persist,
    log: message => process.stderr.write(`${message}\n`),
  });
  process.stdout.write(
    `Kubernetes API at ${cluster.url}\nTry: kubectl --kubeconfig ${cluster.kubeconfigFile} get pods -A\nCtrl-C ends it.\n`,
  );
  await new Promise<void>(resolve => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await cluster.stop();
  return 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  },
);

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE'
    ? `${message}. Choose another port with --port N, or leave it out for any free one.`
    : (message ?? String(error));
}
