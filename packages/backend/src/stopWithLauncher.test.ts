import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

it('ends a process whose launcher is gone, also when its own stop hangs', async () => {
  const loader = resolve(__dirname, '../../../scripts/typescript.mjs');
  const server = fork(resolve(__dirname, '__fixtures__/stubbornServer.ts'), {
    execArgv: ['--import', pathToFileURL(loader).href],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    let message: unknown;
    while (message !== 'listening') {
      [message] = await once(server, 'message');
    }
    const ended = once(server, 'exit');

    server.disconnect();

    expect(await ended).toEqual([1, null]);
  } finally {
    server.kill('SIGKILL');
  }
}, 30_000);
