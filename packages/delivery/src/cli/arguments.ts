import { parseArgs } from 'node:util';

/** What the command was asked for. */
export interface CommandArguments {
  help: boolean;
  kubeconfig?: string;
  context?: string;
  namespace?: string;
  instanceId?: string;
  metricsPort?: number;
  metricsHost?: string;
  inCluster: boolean;
  lease: 'own' | 'argo';
  leaseNamespace?: string;
  allowInsecure: boolean;
  logFormat: 'text' | 'json';
  allowedOrigins: string[];
  prometheusAddress?: string;
  jobKubeconfig?: string;
  jobNamespace?: string;
  onlyAllowed: boolean;
  standAside: boolean;
  leaderElect: boolean;
  verbose: boolean;
}

/** The command line cannot be understood; the message says what to write. */
export class UsageError extends Error {
  readonly name = 'UsageError';
}

export const USAGE = `Usage: yarn delivery-controller --kubeconfig FILE [options]

Runs the delivery controller on one cluster until Ctrl-C.

  --kubeconfig FILE      how to reach the cluster (default: $KUBECONFIG)
  --context NAME         context of the kubeconfig (default: its current one)
  --in-cluster           use the credentials of the pod that this runs in
  --namespace NAME       act in this namespace only (default: all)
  --instance-id ID       act on objects labelled with this controller instance
                         id (default: on those without the label)
  --metrics-port PORT    serve /metrics, /healthz and /readyz
  --metrics-host HOST    address to serve them on (default: 127.0.0.1)
  --allow-origin URL     metrics may be read from there even if it is a
                         loopback or link-local address; may be repeated
  --only-allowed         metrics may be read from nowhere else
  --prometheus-address URL
                         where Prometheus metrics are that name no address
                         (default: $ARGO_ROLLOUTS_PROMETHEUS_ADDRESS); may be
                         read from wherever it is
  --job-namespace NAME   run the Jobs of analyses there (default:
                         $ARGO_ROLLOUTS_ANALYSIS_JOB_NAMESPACE, or else the
                         namespace of their AnalysisRun)
  --job-kubeconfig FILE  run them in that cluster (default:
                         $ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG)
  --allow-insecure       metrics with "insecure: true" are read without a look
                         at the server's certificate
  --lease own|argo       by which lease controllers agree on one: this one's
                         own (default), or that of Argo Rollouts, so that it
                         and this never act at the same time
  --lease-namespace NAME where the lease is (default: that of --namespace, or
                         else default; for Argo Rollouts' argo-rollouts)
  --stand-aside          do nothing while Argo Rollouts holds its lease
  --no-leader-elect      act without holding a lease
  --log-format text|json one line for each message (default: text)
  --verbose              also log why nothing had to be done
  --help                 show this
`;

function port(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new UsageError(
    `--metrics-port must be a number from 0 to 65535, not "${text}"`,
  );
}

const isHttp = (text: string) => URL.canParse(text) && /^https?:/.test(text);

function address(text: string | undefined): string | undefined {
  if (!text || isHttp(text)) return text || undefined;
  throw new UsageError(
    `--prometheus-address must be an http or https URL such as http://prometheus.monitoring:9090, not "${text}"`,
  );
}

function origin(text: string): string {
  if (isHttp(text)) return new URL(text).origin;
  throw new UsageError(
    `--allow-origin must be an http or https URL such as http://prometheus.monitoring:9090, not "${text}"`,
  );
}

function oneOf<T extends string>(
  flag: string,
  values: readonly [T, ...T[]],
  text: string | undefined,
): T {
  const value = text === undefined ? values[0] : values.find(v => v === text);
  if (value !== undefined) return value;
  throw new UsageError(`${flag} must be ${values.join(' or ')}, not "${text}"`);
}

/** @throws UsageError */
export function parseArguments(
  argv: string[],
  environment: Record<string, string | undefined>,
): CommandArguments {
  const values = read(argv);
  if (values.lease === 'argo' && values['stand-aside']) {
    throw new UsageError(
      '--stand-aside is for when Argo Rollouts holds its lease, which with --lease argo is this controller itself: give one of them',
    );
  }
  const prometheusAddress = address(
    values['prometheus-address'] ??
      environment.ARGO_ROLLOUTS_PROMETHEUS_ADDRESS,
  );
  return {
    help: values.help ?? false,
    kubeconfig: values.kubeconfig ?? environment.KUBECONFIG,
    context: values.context,
    namespace: values.namespace,
    instanceId: values['instance-id'],
    inCluster: values['in-cluster'] ?? false,
    metricsPort: port(values['metrics-port']),
    metricsHost: values['metrics-host'],
    lease: oneOf('--lease', ['own', 'argo'], values.lease),
    leaseNamespace: values['lease-namespace'],
    allowInsecure: values['allow-insecure'] ?? false,
    logFormat: oneOf('--log-format', ['text', 'json'], values['log-format']),
    // Who configures an address wants it to be read.
    allowedOrigins: [
      ...(values['allow-origin'] ?? []),
      ...(prometheusAddress ? [prometheusAddress] : []),
    ].map(origin),
    prometheusAddress,
    jobKubeconfig:
      values['job-kubeconfig'] ??
      (environment.ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG || undefined),
    jobNamespace:
      values['job-namespace'] ??
      (environment.ARGO_ROLLOUTS_ANALYSIS_JOB_NAMESPACE || undefined),
    onlyAllowed: values['only-allowed'] ?? false,
    standAside: values['stand-aside'] ?? false,
    leaderElect: !(values['no-leader-elect'] ?? false),
    verbose: values.verbose ?? false,
  };
}

function read(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        namespace: { type: 'string' },
        'instance-id': { type: 'string' },
        'metrics-port': { type: 'string' },
        'metrics-host': { type: 'string' },
        'in-cluster': { type: 'boolean' },
        lease: { type: 'string' },
        'lease-namespace': { type: 'string' },
        'allow-insecure': { type: 'boolean' },
        'log-format': { type: 'string' },
        'allow-origin': { type: 'string', multiple: true },
        'prometheus-address': { type: 'string' },
        'job-kubeconfig': { type: 'string' },
        'job-namespace': { type: 'string' },
        'only-allowed': { type: 'boolean' },
        'stand-aside': { type: 'boolean' },
        'no-leader-elect': { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message.split('\n')[0] : String(error),
    );
  }
}
