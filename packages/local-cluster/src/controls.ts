import { randomBytes } from 'node:crypto';
import { FaultHook } from './faults/faultHook';
import { ClusterStore } from './operations/createClusterStore';
import { ApiServer } from './server/apiServer';

/** Makes happen to this API server what happens to real ones. For tests. */
export interface ClusterControls {
  /** Calls since the server started. */
  readonly callCount: number;
  setFaults(faults: FaultHook | undefined): void;
  /** Forgets all history: older watches and continue tokens get 410. */
  expireHistory(): void;
  /** Forgets all history and ends the open watches with 410. */
  expireWatches(): void;
  /** Breaks the connections of all open watches. */
  cutWatches(): void;
  /** From now on only a new token is good. It is returned, and written to the kubeconfig. */
  rotateToken(): Promise<string>;
  /** Breaks all connections and refuses new ones until `up`. */
  down(): Promise<void>;
  /** Listens again, on the same port. */
  up(): Promise<void>;
  /** `down` and `up`. */
  restart(): Promise<void>;
}

export function createControls(
  store: ClusterStore,
  server: ApiServer,
  writeKubeconfig: (token: string) => Promise<void>,
): ClusterControls {
  const { database } = store.context;
  return {
    get callCount() {
      return server.callCount;
    },
    setFaults: faults => server.setFaults(faults),
    expireHistory: () => database.compact(),
    expireWatches() {
      database.compact();
      server.expireWatches();
    },
    cutWatches: () => server.cutWatches(),
    async rotateToken() {
      const token = randomBytes(24).toString('base64url');
      server.setToken(token);
      await writeKubeconfig(token);
      return token;
    },
    down: () => server.close(),
    up: () => server.listen(server.port),
    async restart() {
      await server.close();
      await server.listen(server.port);
    },
  };
}
