import { createServer, type AddressInfo } from 'node:net';
import { EXIT, StartProblem } from '../StartProblem';

/** The address everything of a start listens on: this machine only. */
export const LOOPBACK = '127.0.0.1';

/**
 * The port, if it is free; a free one for 0.
 * @throws StartProblem when something else listens there.
 */
export async function claimPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(portProblem(port, error)),
    );
    probe.listen(port, LOOPBACK, () => {
      const { port: taken } = probe.address() as AddressInfo;
      probe.close(() => resolve(taken));
    });
  });
}

function portProblem(port: number, error: NodeJS.ErrnoException) {
  if (error.code === 'EADDRINUSE') {
    return new StartProblem(
      `Port ${port} is busy: another program listens on it. Choose another with --port N, for example --port ${port + 1}, or --port 0 for any free one.`,
      EXIT.busy,
      { cause: error },
    );
  }
  return new StartProblem(
    `Port ${port} cannot be used (${error.code}). Choose another with --port N.`,
    EXIT.unavailable,
    { cause: error },
  );
}
