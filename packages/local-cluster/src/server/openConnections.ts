import { Server } from 'node:https';
import { Duplex } from 'node:stream';

/**
 * Every connection of a server from the moment it is accepted. The server's
 * own `closeAllConnections` does not know those whose TLS handshake is still
 * under way, and its `close` waits for them: for ever, once such a client
 * has opened a watch after all.
 */
export class OpenConnections {
  private readonly sockets = new Set<Duplex>();

  constructor(private readonly server: Server) {
    // Both the bare socket and the encrypted one around it.
    server.on('connection', socket => this.add(socket));
    server.on('secureConnection', socket => this.add(socket));
  }

  /** Stops listening and breaks all connections off. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private add(socket: Duplex): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    // Accepted by the kernel before, handed over after the server closed.
    if (!this.server.listening) socket.destroy();
  }
}
