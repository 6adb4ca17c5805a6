import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendProcess } from './BackendProcess';

describe('BackendProcess', () => {
  it('goes on, and says so once, when its log cannot be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backend-'));
    let heard = (_: string) => {};
    const notice = new Promise<string>(resolve => {
      heard = resolve;
    });
    const backend = BackendProcess.start({
      command: process.execPath,
      args: ['-e', 'console.log("one line")'],
      cwd: folder,
      env: process.env,
      // A folder is no file to write to.
      logFile: folder,
      onNotice: text => heard(text),
    });

    expect(await notice).toMatch('The log cannot be written');
    expect(await backend.ended).toBe('exit code 0');

    rmSync(folder, { recursive: true });
  });
});
