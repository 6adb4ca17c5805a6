import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { go, kubernetesVersionFlags } from './goBuild';
import { VERSIONS } from './versions';

/** Paths of the programs of the bed, and of the reference's CRDs. */
export interface Programs {
  etcd: string;
  apiServer: string;
  controllerManager: string;
  kubectl: string;
  rolloutsController: string;
  rolloutsCli: string;
  crds: string;
  /** Where all of them are. */
  folder: string;
}

export function hasGo(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/**
 * Builds what is not there yet, from modules that Go's module proxy serves.
 * Cold about six minutes on two cores; afterwards nothing is left to do.
 *
 * @throws Error with the compiler's words when a build fails.
 */
export function preparePrograms(
  cache: string,
  say: (line: string) => void,
): Programs {
  const { argoRollouts, kubernetes, etcd } = VERSIONS;
  const folder = join(
    cache,
    `argo-rollouts-${argoRollouts}_kubernetes-${kubernetes}_etcd-${etcd}`,
  );
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const source = join(folder, 'argo-rollouts');
  fetchSource(source, folder, say);

  const build = (name: string, target: string, ldflags: string[] = []) => {
    const output = join(bin, name);
    if (!existsSync(output)) {
      say(`building ${name} …`);
      go(
        source,
        'build',
        '-mod=mod',
        ...ldflags,
        '-o',
        `${output}.new`,
        target,
      );
      renameSync(`${output}.new`, output);
    }
    return output;
  };
  const asVersion = ['-ldflags', kubernetesVersionFlags(kubernetes)];
  return {
    apiServer: build(
      'kube-apiserver',
      'k8s.io/kubernetes/cmd/kube-apiserver',
      asVersion,
    ),
    controllerManager: build(
      'kube-controller-manager',
      'k8s.io/kubernetes/cmd/kube-controller-manager',
      asVersion,
    ),
    kubectl: build('kubectl', 'k8s.io/kubernetes/cmd/kubectl', asVersion),
    rolloutsController: build(
      'rollouts-controller',
      './cmd/rollouts-controller',
    ),
    rolloutsCli: build('kubectl-argo-rollouts', './cmd/kubectl-argo-rollouts'),
    etcd: buildEtcd(folder, join(bin, 'etcd'), say),
    crds: join(source, 'manifests', 'crds'),
    folder,
  };
}

function fetchSource(
  source: string,
  folder: string,
  say: (line: string) => void,
) {
  if (existsSync(source)) return;
  say(`fetching argo-rollouts ${VERSIONS.argoRollouts} …`);
  const module = `github.com/argoproj/argo-rollouts@${VERSIONS.argoRollouts}`;
  const { Dir } = JSON.parse(go(folder, 'mod', 'download', '-json', module));
  // The module cache is read-only, and a build with -mod=mod writes go.mod.
  const copy = `${source}.new`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(Dir, copy, { recursive: true });
  makeWritable(copy);
  // Not needed to build, and no source for anything here.
  rmSync(join(copy, 'test', 'e2e'), { recursive: true, force: true });
  renameSync(copy, source);
}

function buildEtcd(
  folder: string,
  output: string,
  say: (line: string) => void,
): string {
  if (existsSync(output)) return output;
  say('building etcd …');
  const module = join(folder, 'etcd');
  rmSync(module, { recursive: true, force: true });
  mkdirSync(module, { recursive: true });
  go(module, 'mod', 'init', 'etcd-build');
  go(module, 'get', `go.etcd.io/etcd/server/v3@${VERSIONS.etcd}`);
  go(module, 'build', '-o', `${output}.new`, 'go.etcd.io/etcd/server/v3');
  renameSync(`${output}.new`, output);
  return output;
}

function makeWritable(path: string) {
  chmodSync(path, 0o755);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) makeWritable(child);
    else if (!entry.isSymbolicLink()) chmodSync(child, 0o644);
  }
}
