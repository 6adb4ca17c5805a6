import { setTimeout as sleep } from 'node:timers/promises';
import { KubeClient } from '@progressive-delivery/kube';
import { stringify } from 'yaml';
import { BackendProcess } from '../backend/BackendProcess';
import { openLocalCluster } from '../cluster/localCluster';
import type { PortalCluster } from '../cluster/PortalCluster';
import { connectRealCluster } from '../cluster/realCluster';
import { askForCheckout, checkoutWaits } from '../demo/askForCheckout';
import { applyDemo } from '../demo/applyDemo';
import { renderDemo, type DemoFile } from '../demo/renderDemo';
import { buildFrontend } from '../frontend/buildFrontend';
import type { StartOptions } from '../options/parseOptions';
import type { Progress } from '../Progress';
import { EXIT, StartProblem } from '../StartProblem';
import { freeMigrationLocks } from '../state/freeMigrationLocks';
import type { StateDirectory } from '../state/StateDirectory';
import { commands } from './commands';
import { greeting } from './greeting';
import { claimPort, LOOPBACK } from './port';
import { portalConfig } from './portalConfig';
import { backendReady, signInReady, waitUntilReady } from './waitUntilReady';

const READY_TIMEOUT_MILLISECONDS = 120_000;
/** Where the links of a demo without a data plane point. */
const NO_DATA_PLANE = {
  gateway: 'http://127.0.0.1',
  prometheus: 'http://prometheus.invalid',
};

/** One running portal: a cluster, a backend, and in development an app server. */
export class Portal {
  private cluster?: PortalCluster;
  private readonly processes: BackendProcess[] = [];

  constructor(
    private readonly given: {
      root: string;
      state: StateDirectory;
      options: StartOptions;
      progress: Progress;
    },
  ) {}

  /** Brings everything up and stays until `stop` or a crash; resolves with the exit code. */
  async run(stop: AbortSignal): Promise<number> {
    const { options, progress, root } = this.given;
    const port = await claimPort(options.port);
    // Before the build: who named a wrong file need not wait to be told.
    this.cluster = await this.openCluster();
    if (!options.dev) {
      await buildFrontend(root, progress, stop);
      if (stop.aborted) return 0;
    }
    const address = `http://${LOOPBACK}:${port}`;
    const backendAddress = options.dev
      ? `http://${LOOPBACK}:${await claimPort(0)}`
      : address;
    const manifests = this.writeDemo(this.cluster);
    this.writeConfig(address, backendAddress, this.cluster);
    const client = KubeClient.fromFile(
      this.cluster.kubeconfig,
      this.cluster.context,
    );
    if (options.demo && this.cluster.dataPlane) {
      await applyDemo(client, manifests);
    }
    await freeMigrationLocks(this.given.state.file('database'));
    const crashed = this.startProcesses();
    const stopped = new Promise<'stopped'>(resolve => {
      stop.addEventListener('abort', () => resolve('stopped'));
      if (stop.aborted) resolve('stopped');
    });
    const ready = progress.during('Starting the portal', () =>
      waitUntilReady(
        [backendReady(backendAddress), signInReady(backendAddress, 'ada')],
        {
          timeout: READY_TIMEOUT_MILLISECONDS,
          pause: () => sleep(200),
          now: () => performance.now(),
        },
      ),
    );
    const first = await Promise.race([ready, crashed, stopped]);
    if (first === 'stopped') {
      progress.say('\nStopping …');
      return 0;
    }
    if (typeof first === 'string') {
      throw new StartProblem(first, EXIT.failed);
    }
    if (!first) {
      throw new StartProblem(
        `The portal was not ready after ${READY_TIMEOUT_MILLISECONDS / 1000} s. Its log: ${this.logFile('backend')}`,
        EXIT.failed,
      );
    }
    this.given.state.write(
      ['portal.json'],
      JSON.stringify({
        address,
        cluster: this.cluster.name,
        ...this.cluster.dataPlane,
      }),
    );
    const hasTeams = options.demo && this.cluster.dataPlane !== undefined;
    progress.say(
      greeting({
        address,
        cluster: this.cluster,
        demo: options.demo,
        waits: hasTeams && (await checkoutWaits(client)),
        manifests: this.given.state.file('demo'),
      }),
    );
    if (hasTeams) {
      askForCheckout(
        client,
        { address: backendAddress, cluster: this.cluster.name },
        stop,
      ).catch(error =>
        progress.say(
          `  Nothing of the demo waits for approval, because asking did not work: ${error}`,
        ),
      );
    }
    const end = await Promise.race([crashed, stopped]);
    if (end === 'stopped') {
      progress.say('\nStopping …');
      return 0;
    }
    throw new StartProblem(end, EXIT.failed);
  }

  /** Leaves no process behind. */
  async stop(): Promise<void> {
    const endings = await Promise.allSettled(
      this.processes.map(process => process.stop()),
    );
    // A server that would not stop is no reason to leave the cluster running.
    await this.cluster?.stop();
    for (const ending of endings) {
      if (ending.status === 'rejected') throw ending.reason;
    }
  }

  private async openCluster(): Promise<PortalCluster> {
    const { options, progress, state } = this.given;
    const { kubeconfig, context } = options;
    return kubeconfig === undefined
      ? progress.during('Starting the local cluster', () =>
          openLocalCluster(state, message => progress.say(message)),
        )
      : progress.during('Looking for the cluster', () =>
          connectRealCluster(kubeconfig, context),
        );
  }

  /** Writes the demo's files with this start's addresses; returns the manifests. */
  private writeDemo(cluster: PortalCluster): DemoFile[] {
    const { root, state, options } = this.given;
    const addresses = cluster.dataPlane ?? NO_DATA_PLANE;
    for (const file of renderDemo(root, 'catalog', addresses)) {
      state.write(['catalog', file.name], file.content);
    }
    const manifests = options.demo
      ? renderDemo(root, 'manifests', addresses)
      : [];
    for (const file of manifests) {
      state.write(['demo', file.name], file.content);
    }
    return manifests;
  }

  private writeConfig(
    appAddress: string,
    backendAddress: string,
    cluster: PortalCluster,
  ) {
    const { state, options } = this.given;
    // Templates end in the local cluster.
    const makesServices = options.demo && cluster.dataPlane !== undefined;
    const catalog = [
      'org.yaml',
      ...(options.demo ? ['services.yaml'] : []),
      ...(makesServices ? ['templates.yaml'] : []),
    ];
    state.write(
      ['app-config.local.yaml'],
      stringify(
        portalConfig({
          appAddress,
          backendAddress,
          databaseDirectory: state.file('database', '.'),
          catalogFiles: catalog.map(name => state.file('catalog', name)),
          ...(makesServices && {
            servicesDirectory: state.file('services', '.'),
          }),
          cluster,
        }),
      ),
    );
  }

  /** Starts the servers; resolves with a message when one of them ends by itself. */
  private startProcesses(): Promise<string> {
    const { root, state, options, progress } = this.given;
    const endings = commands({
      root,
      dev: options.dev,
      config: state.file('app-config.local.yaml'),
    }).map(async command => {
      const child = BackendProcess.start({
        ...command,
        cwd: command.cwd ?? root,
        env: { ...process.env, ...command.env },
        logFile: this.logFile(command.name),
        onNotice: notice => progress.say(notice),
      });
      this.processes.push(child);
      const how = await child.ended;
      return `The ${command.name} ended by itself (${how}). The end of its log (${this.logFile(command.name)}):\n\n${child.lastLog()}`;
    });
    return Promise.race(endings);
  }

  private logFile(name: string): string {
    return this.given.state.file('log', `${name}.log`);
  }
}
