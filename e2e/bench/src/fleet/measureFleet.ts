import { join } from 'node:path';
import type { FleetPage } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Child } from '../child';
import { Viewer } from '../stream/viewer';
import type { Measurement } from '../measurement';
import { measurePage } from './measurePage';
import { quantile, requestTimes } from './requestTimes';

const ROLLOUTS = 10_000;
/** The policy of the portal process hides every tenth. */
const SEEN = ROLLOUTS * 0.9;
const REQUESTS = 600;
/** Not counted: what is new to the process is compiled in the meantime. */
const WARM_UP = 1_000;
const QUERIES = [
  '',
  '?state=Paused',
  '?owner=group%3Adefault%2Fteam-42&sort=name',
  '?cluster=fleet&namespace=team-1&namespace=team-2',
  '?q=service-99&sort=since&order=desc',
  '?sort=owner&limit=500',
  '?system=system%3Adefault%2Fsystem-3&strategy=canary',
];

/** The fleet of 10 000 rollouts: its API, and its page in a browser. */
export async function measureFleet(): Promise<Measurement[]> {
  const cluster = new Child(
    join(__dirname, '../coldIndex/fleetServer.ts'),
    ROLLOUTS,
  );
  const children = [cluster];
  try {
    const { port } = await cluster.next<{ port: number }>();
    const process = new Child(
      join(__dirname, 'fleetPortalProcess.ts'),
      port,
      ROLLOUTS,
    );
    children.push(process);
    const portal = await process.next<{
      port: number;
      authorization: string;
    }>();
    const fleet = `http://127.0.0.1:${portal.port}/api/rollouts/v1/fleet`;
    await whole(fleet, portal.authorization);
    const lists = (count: number) =>
      Array.from(
        { length: count },
        (_, i) => `${fleet}/rollouts${QUERIES[i % QUERIES.length]}`,
      );
    const first = await requestTimes(lists(WARM_UP), portal.authorization);
    const ask = async (what: string, urls: string[], budget?: number) => {
      const times = await requestTimes(urls, portal.authorization);
      return {
        what: `${what}, ${ROLLOUTS} rollouts: p99`,
        value: quantile(times, 0.99),
        unit: 'ms',
        budget,
        note: `p50 ${quantile(times, 0.5).toFixed(1)} ms, 4 at once, after ${WARM_UP} others`,
      };
    };
    return [
      {
        what: `fleet list, ${ROLLOUTS} rollouts, the first ${WARM_UP} of a new process: p99`,
        value: quantile(first, 0.99),
        unit: 'ms',
        note: 'while they are compiled',
      },
      await ask(
        'the cheapest read of the same backend, to compare with',
        Array.from({ length: REQUESTS }, () =>
          fleet.replace(/fleet$/, 'clusters'),
        ),
      ),
      await ask('fleet list', lists(REQUESTS), 20),
      await ask(
        'fleet "waits for me"',
        Array.from({ length: REQUESTS }, () => `${fleet}/waiting`),
        50,
      ),
      ...(await measurePage(portal)),
    ];
  } finally {
    for (const child of children) child.end();
  }
}

/** Until all of it is there, with its owners. */
async function whole(fleet: string, authorization: string) {
  const viewer = await Viewer.open(fleet, authorization);
  try {
    await viewer.until('the fleet to come together', async () => {
      const response = await fetch(`${fleet}/rollouts?limit=1`, {
        headers: { authorization },
      });
      const page: FleetPage = await response.json();
      return (
        page.total === SEEN &&
        !('none' in page.facets.owner) &&
        page.clusters.every(({ state }) => state !== 'connecting')
      );
    });
  } finally {
    viewer.close();
  }
}
