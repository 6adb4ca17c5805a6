import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '@progressive-delivery/kube';
import { parse } from 'yaml';
import type { Bed } from '../bed/bed';
import { freePorts } from '../bed/freePort';
import { startLocalBed } from '../bed/localBed';
import { startPodLife } from '../bed/podLife';
import type { ProcessGroup } from '../bed/processGroup';
import type { Row } from '../report/report';
import { churn } from './churn';
import { CLI_COMMANDS } from './cliCommands';
import { crdRows } from './crdRows';
import { CUSTOM_COMMANDS } from './customCommands';
import { KUBECTL_COMMANDS } from './kubectlCommands';
import { writeManifests } from './manifests';
import { runSession } from './runSession';

const CONTROLLER = 'rollouts-controller';
const CHURN_MINUTES = 2;

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
): Promise<Row[]> {
  const local = await startLocalBed(undefined, logs);
  const life = await startPodLife(bed.client, say);
  try {
    const fields = await crdRows(local.client, bed.programs.crds);
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
    const programs = {
      kubectl: bed.programs.kubectl,
      rollouts: bed.programs.rolloutsCli,
    };
    say('kubectl on both clusters …');
    const kubectl = [
      ...(await runSession(sidesIn('work'), programs, KUBECTL_COMMANDS)),
      ...(await runSession(sidesIn('custom'), programs, CUSTOM_COMMANDS)),
    ];
    for (const { client, processes, kubeConfigFile } of [bed, local]) {
      await client.create(RESOURCES.namespaces, {
        metadata: { name: 'argo-rollouts' },
      });
      await startElected(bed, processes, kubeConfigFile);
    }
    say('the reference’s CLI and controller on both clusters …');
    const cli = await runSession(sidesIn('release'), programs, CLI_COMMANDS);
    say(`${CHURN_MINUTES} minutes of churn …`);
    const busy = await churn(
      local.client,
      local.processes.logOf(CONTROLLER),
      CHURN_MINUTES,
    );
    return [...fields, ...kubectl, ...cli, ...busy];
  } finally {
    await life.stop();
    await local.stop();
  }
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
