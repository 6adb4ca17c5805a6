import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Clock, systemClock } from './api/clock';
import { ClusterApi } from './api/clusterApi';
import { ClusterControls, createControls } from './controls';
import { FaultHook } from './faults/faultHook';
import { Serialiser } from './lists/serialise';
import {
  ClusterStore,
  createClusterStore,
} from './operations/createClusterStore';
import { createMissing } from './manifests/createMissing';
import { OpenApiDocuments } from './openapi/documents';
import { readSnapshot } from './persistence/snapshotFile';
import { SnapshotKeeper } from './persistence/snapshotKeeper';
import { ApiServer } from './server/apiServer';
import { createServerIdentity } from './tls/authority';
import { writeKubeconfig } from './tls/kubeconfig';
import { LifeOptions, Log, startLife } from './life';

export interface LocalClusterOptions {
  /** Default: any free port. */
  port?: number;
  /** Where kubeconfig and snapshot are kept. Default: `.local`. */
  directory?: string;
  /** Default: `kubeconfig` in the directory. */
  kubeconfigFile?: string;
  clock?: Clock;
  faults?: FaultHook;
  /** Whether controllers and the kubelet give objects their life. Default: true. */
  life?: boolean;
  /** How quickly pods start and end. Default: 1 to 2 s, and half a second. */
  pods?: LifeOptions['pods'];
  /** Whether pods serve HTTP behind a gateway. Default: false. */
  dataPlane?: LifeOptions['dataPlane'];
  /** Files of manifests that are created at start if they are not there. */
  manifests?: string[];
  /** Whether the cluster is saved to `cluster.json` in the directory, and goes on from there. Default: false. */
  persist?: boolean;
  /** Whether to start under NODE_ENV=production. Default: false. */
  allowProduction?: boolean;
  log?: Log;
}

export interface LocalCluster {
  url: string;
  kubeconfigFile: string;
  token: string;
  /** PEM. */
  caCertificate: string;
  api: ClusterApi;
  gatewayUrl?: string;
  prometheusUrl?: string;
  /** For tests: everything that can go wrong with an API server. */
  controls: ClusterControls;
  stop(): Promise<void>;
}

/** Starts a Kubernetes API in this process, with its life, and writes a kubeconfig for it. */
export async function startLocalCluster(
  options: LocalClusterOptions = {},
): Promise<LocalCluster> {
  refuseProduction(options);
  const clock = options.clock ?? systemClock;
  const log = options.log ?? (() => {});
  const directory = options.directory ?? '.local';
  const kubeconfigFile =
    options.kubeconfigFile ?? join(directory, 'kubeconfig');
  const token = randomBytes(24).toString('base64url');
  const identity = createServerIdentity(clock.now());

  const snapshotFile = join(directory, 'cluster.json');
  const store = createClusterStore({
    clock,
    snapshot: options.persist
      ? await readSnapshot(snapshotFile, log, clock.now())
      : undefined,
  });
  const keeper = options.persist
    ? new SnapshotKeeper({
        database: store.context.database,
        clock,
        file: snapshotFile,
        log,
      })
    : undefined;
  for (const file of options.manifests ?? []) await loadManifest(store, file);
  const life = await startLife({
    api: store,
    clock,
    log,
    caCertificate: identity.caCertificate,
    life: options.life ?? true,
    pods: options.pods,
    dataPlane: options.dataPlane ?? false,
  });
  const server = new ApiServer({
    context: {
      store,
      serialiser: new Serialiser(),
      openApi: new OpenApiDocuments(
        store.context.kinds,
        store.context.schemas,
        store.context.random.uuid(),
      ),
      logs: life.logs,
    },
    identity,
    token,
    faults: options.faults,
    log,
  });
  const writeFor = (current: string) =>
    writeKubeconfig(kubeconfigFile, {
      url: server.url,
      caCertificate: identity.caCertificate,
      token: current,
      name: 'local',
    });
  try {
    await server.listen(options.port ?? 0);
    await writeFor(token);
  } catch (error) {
    await life.stop();
    await keeper?.stop();
    throw error;
  }
  return {
    url: server.url,
    kubeconfigFile,
    token,
    caCertificate: identity.caCertificate,
    api: store,
    gatewayUrl: life.gatewayUrl,
    prometheusUrl: life.prometheusUrl,
    controls: createControls(store, server, writeFor),
    async stop() {
      await life.stop();
      await server.close();
      await keeper?.stop();
    },
  };
}

function refuseProduction(options: LocalClusterOptions): void {
  if (process.env.NODE_ENV === 'production' && !options.allowProduction) {
    throw new Error(
      'The local cluster is for development, demonstrations and tests, and does not start under NODE_ENV=production. Unset it, or pass allowProduction.',
    );
  }
}

async function loadManifest(store: ClusterStore, file: string): Promise<void> {
  const documents = parseAllDocuments(await readFile(file, 'utf8'));
  createMissing(
    store,
    documents.map(document => document.toJS()),
    file,
  );
}
