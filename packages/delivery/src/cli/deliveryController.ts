import {
  KubeClient,
  KubeConfigError,
  loadInClusterConfig,
  UnauthorizedError,
  UnreachableError,
} from '@progressive-delivery/kube';
import { PortUnusableError } from '../live/metricsServer';
import { startDeliveryController } from '../live/startDeliveryController';
import {
  parseArguments,
  USAGE,
  UsageError,
  type CommandArguments,
} from './arguments';
import { createConsoleLogger } from './consoleLogger';

/** Exit codes: 0 asked to end, 1 the cluster cannot be used, 2 the command is wrong. */
async function main(argv: string[]): Promise<number> {
  const args = parseArguments(argv, process.env);
  if (args.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const client = connect(args);
  const { gitVersion } = await client.version();
  const jobClient = connectJobs(args);
  const logger = createConsoleLogger({
    write: line => process.stderr.write(line),
    now: () => new Date(),
    verbose: args.verbose,
    format: args.logFormat,
  });
  const controller = await startDeliveryController({
    client,
    namespace: args.namespace,
    instanceId: args.instanceId,
    egress: {
      allowedOrigins: args.allowedOrigins,
      onlyAllowed: args.onlyAllowed,
      allowInsecure: args.allowInsecure,
    },
    prometheusAddress: args.prometheusAddress,
    jobs: { client: jobClient, namespace: args.jobNamespace },
    logger,
    metricsPort: args.metricsPort,
    metricsHost: args.metricsHost,
    leaderElection: args.leaderElect && {
      lease: args.lease,
      namespace: args.leaseNamespace,
    },
    standAside: args.standAside,
  });
  const { metricsAddress } = controller.state();
  logger.info(
    'delivery controller started; Ctrl-C ends it',
    Object.fromEntries(
      Object.entries({ cluster: gitVersion, metrics: metricsAddress }).flatMap(
        ([key, value]) => (value === undefined ? [] : [[key, value]]),
      ),
    ),
  );
  await asked();
  logger.info('ending');
  await controller.stop();
  client.close();
  jobClient?.close();
  return 0;
}

const options = { userAgent: 'progressive-delivery-controller' };

/** The cluster in which the Jobs of analyses run, if it is another one. */
function connectJobs({ jobKubeconfig: file }: CommandArguments) {
  if (!file) return undefined;
  // The word by which Argo Rollouts means the cluster that it runs in.
  return file === 'in-cluster'
    ? KubeClient.fromKubeConfig(loadInClusterConfig(), options)
    : KubeClient.fromFile(file, undefined, options);
}

function connect(args: CommandArguments): KubeClient {
  if (args.inCluster) {
    return KubeClient.fromKubeConfig(loadInClusterConfig(), options);
  }
  if (!args.kubeconfig) {
    throw new UsageError(
      '--kubeconfig FILE is required (or set KUBECONFIG), or --in-cluster',
    );
  }
  return KubeClient.fromFile(args.kubeconfig, args.context, options);
}

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
function asked(): Promise<void> {
  // Mirrors' timers do not keep the process alive; this does.
  const alive = setInterval(() => {}, 60_000);
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(alive);
        resolve();
      });
    }
  });
}

function fail(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`delivery-controller: ${message}\n`);
  if (error instanceof UsageError) {
    process.stderr.write('See yarn delivery-controller --help.\n');
    return 2;
  }
  if (error instanceof KubeConfigError) return 2;
  if (error instanceof PortUnusableError) return 1;
  if (
    !(error instanceof UnreachableError) &&
    !(error instanceof UnauthorizedError)
  ) {
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  }
  return 1;
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.exitCode = fail(error);
  },
);
