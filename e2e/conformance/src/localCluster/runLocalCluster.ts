import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '@progressive-delivery/kube';
import { parse } from 'yaml';
import type { Bed } from '../bed/bed';
import { freePorts } from '../bed/freePort';
import { startLocalBed } from '../bed/localBed';
import type { KubectlClient } from '../bed/kubectlClient';
import { startPodLife } from '../bed/podLife';
import type { ProcessGroup } from '../bed/processGroup';
import type { Programs } from '../bed/programs';
import { VERSIONS } from '../bed/versions';
import type { Row } from '../report/report';
import { churn } from './churn';
import { CLI_COMMANDS } from './cliCommands';
import { crdRows } from './crdRows';
import { CUSTOM_COMMANDS } from './customCommands';
import { KUBECTL_COMMANDS } from './kubectlCommands';
import { writeManifests } from './manifests';
import { PROBES, runProbes } from './requests/runProbes';
import { watchMovement } from './movement';
import { runSession } from './runSession';
import type { Command } from './session';

const CONTROLLER = 'rollouts-controller';
const CHURN_MINUTES = 2;
/** The same in the short form. */
const SHORT_CHURN_MINUTES = 0.5;

interface Session {
  name: string;
  /** Created by its first command. */
  namespace: string;
  commands: readonly Command[];
}

const KUBECTL_SESSIONS: Session[] = [
  { name: 'kubectl', namespace: 'work', commands: KUBECTL_COMMANDS },
  {
    name: 'kubectl with custom resources',
    namespace: 'custom',
    commands: CUSTOM_COMMANDS,
  },
];
const CLI_SESSION: Session = {
  name: 'the reference’s CLI and controller',
  namespace: 'release',
  commands: CLI_COMMANDS,
};

/** Not of commands, but of plain requests. */
const REQUESTS = { name: 'plain requests', commands: PROBES };

export interface LocalClusterRun {
  /** Chooses one of the sessions of commands and requests, for the short form. */
  chooser?: string;
  /**
   * Each does all that people do with kubectl; the first one also what comes
   * after it. The control plane's own when left out.
   */
  kubectls?: readonly KubectlClient[];
  /** Minutes of churn; a few when left out. */
  churnMinutes?: number;
}

/**
 * That the local cluster is a Kubernetes to those who use it: the same kubectl
 * commands, the same commands of the reference's CLI with the reference's
 * controller at work, on the real control plane and on the local cluster; and
 * the controller's informers under churn.
 * @param logs - folder for what the local cluster's programs say
 */
export async function runLocalCluster(
  bed: Bed,
  logs: string,
  say: (line: string) => void,
  {
    chooser,
    kubectls = [ownKubectl(bed.programs)],
    churnMinutes = chooser === undefined ? CHURN_MINUTES : SHORT_CHURN_MINUTES,
  }: LocalClusterRun = {},
): Promise<Row[]> {
  const sessions = [...KUBECTL_SESSIONS, CLI_SESSION, REQUESTS];
  const chosen =
    chooser === undefined
      ? sessions
      : [sessions[choice(chooser, sessions.length)]!];
  const local = await startLocalBed(undefined, logs);
  const life = await startPodLife(bed.client, say);
  const watching = await watchMovement([bed.client, local.client]);
  try {
    const folder = (name: string) => {
      const path = join(bed.folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    const cwd = folder('manifests');
    writeManifests(cwd);
    const sidesIn = (namespace: string) => ({
      real: {
        kubeConfigFile: inNamespace(bed.kubeConfigFile, cwd, 'real', namespace),
        home: folder('home-real'),
        cwd,
      },
      local: {
        kubeConfigFile: inNamespace(
          local.kubeConfigFile,
          cwd,
          'local',
          namespace,
        ),
        home: folder('home-local'),
        cwd,
      },
    });
    const own = kubectls[0] ?? ownKubectl(bed.programs);
    const rows = await crdRows(local.client, bed.programs.crds);
    const play = async (
      { name, namespace, commands }: Session,
      { version, program: kubectl }: KubectlClient,
    ) => {
      say(`${name}, kubectl ${version}, on both clusters …`);
      const begun = performance.now();
      const place = {
        sides: sidesIn(namespace),
        programs: { kubectl, rollouts: bed.programs.rolloutsCli },
        movement: watching.movement,
      };
      const said = await runSession(place, commands);
      const by = version === VERSIONS.kubernetes ? '' : ` (kubectl ${version})`;
      rows.push(
        ...said.map(each => ({ ...each, scenario: `${each.scenario}${by}` })),
      );
      const seconds = Math.round((performance.now() - begun) / 1000);
      say(`${name}: ${commands.length} commands in ${seconds} s`);
    };
    if (chosen.includes(REQUESTS)) {
      say(`${PROBES.length} questions by plain requests …`);
      const files = { real: bed.kubeConfigFile, local: local.kubeConfigFile };
      rows.push(...(await runProbes(files)));
    }
    for (const kubectl of kubectls) {
      for (const session of KUBECTL_SESSIONS) {
        if (chosen.includes(session)) await play(session, kubectl);
      }
    }
    for (const { client, processes, kubeConfigFile } of [bed, local]) {
      await client.create(RESOURCES.namespaces, {
        metadata: { name: 'argo-rollouts' },
      });
      await startElected(bed, processes, kubeConfigFile);
    }
    if (chosen.includes(CLI_SESSION)) await play(CLI_SESSION, own);
    say(`${churnMinutes} minutes of churn …`);
    rows.push(
      ...(await churn({
        client: local.client,
        kubectl: own.program,
        kubeConfigFile: local.kubeConfigFile,
        minutes: churnMinutes,
        log: local.processes.logOf(CONTROLLER),
        memory: () => local.processes.memoryOf('local-cluster'),
        say,
      })),
    );
    const left = sessions.filter(session => !chosen.includes(session));
    return [...rows, ...left.map(leftOut)];
  } finally {
    await watching.stop();
    await life.stop();
    await local.stop();
  }
}

/** The one of the control plane. */
export function ownKubectl({ kubectl }: Programs): KubectlClient {
  return { version: VERSIONS.kubernetes, program: kubectl };
}

/** One of so many, the same one for the same text. */
function choice(text: string, count: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE() % count;
}

function leftOut({
  name,
  commands,
}: Pick<Session, 'name'> & { commands: readonly unknown[] }): Row {
  const details = [`all ${commands.length}, left out of the short form`];
  return { scenario: name, outcome: 'skipped', details };
}

/** A copy of the kubeconfig whose context is in the namespace. */
function inNamespace(
  file: string,
  folder: string,
  side: string,
  namespace: string,
): string {
  const config = parse(readFileSync(file, 'utf8'));
  for (const { context } of config.contexts) context.namespace = namespace;
  const copy = join(folder, `${side}-${namespace}.kubeconfig`);
  writeFileSync(copy, JSON.stringify(config), { mode: 0o600 });
  return copy;
}

/** As its own manifests start it: with the lease, for all objects. */
async function startElected(
  { programs }: Bed,
  processes: ProcessGroup,
  kubeConfigFile: string,
) {
  const [metricsPort, healthPort] = await freePorts(2);
  processes.start(CONTROLLER, programs.rolloutsController, [
    `--kubeconfig=${kubeConfigFile}`,
    '-n=argo-rollouts',
    `--metricsPort=${metricsPort}`,
    `--healthzPort=${healthPort}`,
  ]);
}
