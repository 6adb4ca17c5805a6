import type { Config } from '@backstage/config';
import type {
  ClusterDefinition,
  ControllerMode,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { InputError } from '@backstage/errors';
import type { EgressPolicy } from '@progressive-delivery/delivery';
import type { OwnershipRule } from '../entities/ownership';

const MODES: readonly string[] = ['embedded', 'argo', 'auto'];

/** Who may write an AnalysisTemplate chooses the address; this bounds it. */
type BoundedEgress = Required<
  Pick<EgressPolicy, 'allowedOrigins' | 'onlyAllowed' | 'allowInsecure'>
>;

export interface MetricsConfig extends BoundedEgress {
  /** Where Prometheus metrics are that name no address. */
  prometheusAddress?: string;
}

/** What the operator wrote under `rollouts:`, checked. */
export interface RolloutsConfig {
  clusters: ClusterDefinition[];
  /** What is said about a cluster that another source describes. */
  overrides: Map<
    string,
    { title?: string; controller?: ControllerMode; tier?: string }
  >;
  ownership: OwnershipRule[];
  /** What the embedded controller's metric queries may reach. */
  metrics: MetricsConfig;
}

/**
 * Reads `rollouts:`.
 * @throws InputError that names the key, so that a typing error is found at start.
 */
export function readRolloutsConfig(config: Config): RolloutsConfig {
  const root = config.getOptionalConfig('rollouts');
  const clusters: ClusterDefinition[] = [];
  const overrides: RolloutsConfig['overrides'] = new Map();
  (root?.getOptionalConfigArray('clusters') ?? []).forEach((entry, index) => {
    const key = `rollouts.clusters[${index}]`;
    const name = entry.getString('name');
    if (overrides.has(name)) {
      throw new InputError(
        `${key}.name is "${name}", which an earlier entry has already. Give each cluster a name of its own.`,
      );
    }
    const title = entry.getOptionalString('title');
    const controller = readMode(entry, key);
    const tier = entry.getOptionalString('tier');
    overrides.set(name, { title, controller, tier });
    const connection = readKubeconfig(entry);
    if (connection) {
      clusters.push({
        name,
        title,
        controller,
        connection,
        namespace: entry.getOptionalString('namespace'),
      });
    }
  });
  return {
    clusters,
    overrides,
    ownership: (root?.getOptionalConfigArray('ownership') ?? []).map(
      (entry, index) => readOwnership(entry, `rollouts.ownership[${index}]`),
    ),
    metrics: readMetrics(root),
  };
}

function readMode(entry: Config, key: string): ControllerMode | undefined {
  const mode = entry.getOptionalString('controller');
  if (mode !== undefined && !MODES.includes(mode)) {
    throw new InputError(
      `${key}.controller is "${mode}". Choose one of: ${MODES.join(', ')}.`,
    );
  }
  return mode as ControllerMode | undefined;
}

/** `kubeconfig: FILE` with `context` beside it, or `kubeconfig: { file, context }`. */
function readKubeconfig(
  entry: Config,
): ClusterDefinition['connection'] | undefined {
  const value = entry.getOptional('kubeconfig');
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'string') {
    return {
      kind: 'kubeconfig',
      file: value,
      context: entry.getOptionalString('context'),
    };
  }
  return {
    kind: 'kubeconfig',
    file: entry.getString('kubeconfig.file'),
    context: entry.getOptionalString('kubeconfig.context'),
  };
}

function readOwnership(entry: Config, key: string): OwnershipRule {
  const rule = {
    cluster: entry.getOptionalString('cluster'),
    namespace: entry.getString('namespace'),
    entity: entry.getOptionalString('entity'),
    owner: entry.getOptionalString('owner'),
  };
  if ((rule.entity === undefined) === (rule.owner === undefined)) {
    throw new InputError(
      `${key} needs exactly one of "entity" (an entity ref) and "owner" (the ref of the group or user that owns the entities).`,
    );
  }
  return rule;
}

function readMetrics(root: Config | undefined): MetricsConfig {
  const key = 'metrics.prometheusAddress';
  const prometheusAddress = root?.getOptionalString(key);
  const allowedOrigins = readOrigins(root);
  if (prometheusAddress !== undefined) {
    // Who configures an address wants it to be read.
    allowedOrigins.push(originOf(prometheusAddress, key));
  }
  return {
    allowedOrigins,
    onlyAllowed: root?.getOptionalBoolean('metrics.onlyAllowed') ?? true,
    allowInsecure: root?.getOptionalBoolean('metrics.allowInsecure') ?? false,
    ...(prometheusAddress === undefined ? {} : { prometheusAddress }),
  };
}

function readOrigins(root: Config | undefined): string[] {
  const key = 'metrics.allowedOrigins';
  return (root?.getOptionalStringArray(key) ?? []).map((text, index) =>
    originOf(text, `${key}[${index}]`),
  );
}

function originOf(text: string, key: string): string {
  if (!URL.canParse(text) || new URL(text).origin === 'null') {
    throw new InputError(
      `rollouts.${key} is "${text}", which is not an origin such as "http://prometheus.monitoring:9090".`,
    );
  }
  return new URL(text).origin;
}
