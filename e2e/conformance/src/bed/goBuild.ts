import { spawnSync } from 'node:child_process';

/** Without these the programs call themselves v0.0.0, which clients cannot parse. */
export function kubernetesVersionFlags(version: string): string {
  const [major, minor] = version.slice(1).split('.');
  return Object.entries({
    gitVersion: version,
    gitMajor: major,
    gitMinor: minor,
  })
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
    .join(' ');
}

/** @throws Error with what the command said when it fails */
export function go(cwd: string, ...args: string[]): string {
  const result = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GOFLAGS: '' },
  });
  if (result.status !== 0) {
    throw new Error(
      `go ${args.slice(0, 2).join(' ')} failed in ${cwd}:\n${result.stderr || result.error}`,
    );
  }
  return result.stdout;
}
