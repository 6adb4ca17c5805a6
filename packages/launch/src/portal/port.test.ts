import { createServer, type AddressInfo } from 'node:net';
import { claimPort } from './port';

describe('claimPort', () => {
  it('finds a free port for 0', async () => {
    expect(await claimPort(0)).toBeGreaterThan(0);
  });

  it('names a busy port and how to choose another', async () => {
    const other = createServer();
    await new Promise<void>(done => {
      other.listen(0, '127.0.0.1', done);
    });
    const { port } = other.address() as AddressInfo;

    await expect(claimPort(port)).rejects.toThrow(
      `Port ${port} is busy: another program listens on it. Choose another with --port N`,
    );
    other.close();
  });
});
