import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { go, kubernetesVersionFlags } from './goBuild';
import { VERSIONS } from './versions';

/** What kubectl's own main function does. Source: kubernetes, cmd/kubectl. */
const MAIN = `package main

import (
	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

func main() {
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
`;

/** A kubectl of some version. */
export interface KubectlClient {
  version: string;
  /** Its path. */
  program: string;
}

const pathOf = (folder: string, version: string) =>
  join(folder, 'bin', `kubectl-${version}`);

/** Those of other versions that are there already. */
export function builtKubectls(folder: string): KubectlClient[] {
  return VERSIONS.kubectl
    .map(version => ({ version, program: pathOf(folder, version) }))
    .filter(({ program }) => existsSync(program));
}

/**
 * kubectl of another version than the control plane's, built from its own
 * module when it is not there yet.
 * @param version - such as `v1.32.3`
 * @throws Error with the compiler's words when the build fails
 */
export function buildKubectl(
  folder: string,
  version: string,
  say: (line: string) => void,
): KubectlClient {
  const output = pathOf(folder, version);
  if (existsSync(output)) return { version, program: output };
  say(`building kubectl ${version} …`);
  const source = join(folder, `kubectl-${version}`);
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'main.go'), MAIN);
  // Libraries of Kubernetes v1.x.y are v0.x.y.
  const library = version.replace(/^v1\./, 'v0.');
  if (!existsSync(join(source, 'go.mod'))) {
    go(source, 'mod', 'init', 'kubectl');
    go(source, 'get', `k8s.io/kubectl@${library}`);
    go(source, 'get', `k8s.io/component-base@${library}`);
  }
  go(
    source,
    'build',
    '-mod=mod',
    '-ldflags',
    kubernetesVersionFlags(version),
    '-o',
    `${output}.new`,
    '.',
  );
  renameSync(`${output}.new`, output);
  return { version, program: output };
}
