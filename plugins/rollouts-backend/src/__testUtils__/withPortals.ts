import request from 'supertest';
import { startTestCluster, type TestCluster } from './testCluster';
import { ada, startTestPortal, type TestPortalOptions } from './testPortal';

/**
 * A cluster for all tests of a suite, and portals on it that end with each
 * test, as do the rollouts. To be called where the suite begins: it sets up
 * and tears down by itself.
 */
export function withPortals(cluster = startTestCluster) {
  let started: TestCluster;
  let stopPortal: (() => Promise<void>) | undefined;

  async function stop(): Promise<void> {
    await stopPortal?.();
    stopPortal = undefined;
  }

  beforeAll(async () => {
    started = await cluster();
  });
  afterEach(async () => {
    await stop();
    started.removeRollouts();
  });
  afterAll(() => started?.stop());

  return {
    get cluster(): TestCluster {
      return started;
    },
    /** With `get` and `post` in the name of Ada. */
    async start(options: Partial<TestPortalOptions> = {}) {
      const portal = await startTestPortal({
        clusters: [{ name: 'local', cluster: started }],
        ...options,
      });
      stopPortal = () => portal.stop();
      return {
        ...portal,
        get: (path: string) =>
          request(portal.server).get(path).set('Authorization', ada),
        post: (path: string, body: object) =>
          request(portal.server)
            .post(path)
            .set('Authorization', ada)
            .send(body),
      };
    },
    /** Before the test ends. */
    stop,
  };
}
