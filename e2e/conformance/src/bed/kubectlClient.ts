import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { go, kubernetesVersionFlags } from './goBuild';

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

/**
 * kubectl of another version than the control plane's, built from its own
 * module when it is not there yet.
 * @param version - such as `v1.32.3`
 * @returns the path of the program
 * @throws Error with the compiler's words when the build fails
 */
export function buildKubectl(
  folder: string,
  version: string,
  say: (line: string) => void,
): string {
  const output = join(folder, 'bin', `kubectl-${version}`);
  if (existsSync(output)) return output;
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
  return output;
}
