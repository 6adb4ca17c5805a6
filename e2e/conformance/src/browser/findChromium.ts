import { spawnSync } from 'node:child_process';

const SCRIPT = `
root=$1
NODE=$2
. "$root/bin/lib/say.sh"
. "$root/bin/lib/chromium.sh"
ensure_chromium >&2
printf %s "\${CHROMIUM:-}"
`;

/**
 * The Chromium that `bin/test` uses, installed when there is none. Empty when
 * it is Playwright's own.
 * @throws Error when there is none and none can be installed.
 */
export function findChromium(root: string): string {
  const found = spawnSync(
    'sh',
    ['-euc', SCRIPT, 'sh', root, process.execPath],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  if (found.status !== 0) {
    throw new Error(found.stderr.trim() || String(found.error));
  }
  return found.stdout;
}
