import { join } from 'node:path';
import { Child } from '../child';
import type { Measurement } from '../measurement';

interface IndexResult {
  milliseconds: number;
  longestBlock: number;
  objects: number;
  peakRss: number;
  rss: number;
}

/** From an empty portal to a complete index of so many rollouts. */
export async function measureColdIndex(
  rollouts: number,
): Promise<Measurement[]> {
  const server = new Child(join(__dirname, 'fleetServer.ts'), rollouts);
  try {
    const { port, bytes } = await server.next<{
      port: number;
      bytes: number;
    }>();
    const portal = new Child(join(__dirname, 'indexProcess.ts'), port);
    const result = await portal.next<IndexResult>();
    portal.end();
    const what = `cold index, ${rollouts} rollouts`;
    const full = rollouts >= 10_000;
    const megabytes = (value: number) => value / 1024 / 1024;
    return [
      {
        what: `${what}: time (${result.objects} objects, ${Math.round(megabytes(bytes))} MB of JSON)`,
        value: result.milliseconds / 1000,
        unit: 's',
        budget: full ? 3 : undefined,
      },
      {
        what: `${what}: longest event-loop block`,
        value: result.longestBlock,
        unit: 'ms',
        budget: 100,
      },
      {
        what: `${what}: memory above the empty process`,
        value: megabytes(result.rss),
        unit: 'MB',
        budget: full ? 300 : undefined,
      },
      {
        what: `${what}: peak of memory while indexing`,
        value: megabytes(result.peakRss),
        unit: 'MB',
      },
    ];
  } finally {
    server.end();
  }
}
