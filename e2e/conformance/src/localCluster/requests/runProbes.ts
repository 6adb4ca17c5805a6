import type { Row } from '../../report/report';
import { CUSTOM_PROBES } from './customProbes';
import { GARBAGE_PROBES } from './garbageProbes';
import type { Probe } from './probe';
import { RawApi } from './rawApi';
import { READ_PROBES } from './readProbes';
import { WORKLOAD_PROBES } from './workloadProbes';
import { WRITE_PROBES } from './writeProbes';

/** All that is asked of both clusters by plain requests. */
export const PROBES: readonly Probe[] = [
  ...READ_PROBES,
  ...WRITE_PROBES,
  ...GARBAGE_PROBES,
  ...WORKLOAD_PROBES,
  ...CUSTOM_PROBES,
];
const AT_ONCE = 4;

/** Kubeconfig files of both clusters. */
export interface ProbedClusters {
  real: string;
  local: string;
}

/**
 * Asks both clusters the same, each probe in a namespace of its own, and
 * compares what they answer.
 */
export async function runProbes(clusters: ProbedClusters): Promise<Row[]> {
  const real = await RawApi.of(clusters.real);
  const local = await RawApi.of(clusters.local);
  const waiting = PROBES.entries();
  const rows: Row[] = [];
  const worker = async () => {
    for (const [index, probe] of waiting) {
      const namespace = `probe-${index}`;
      const [first, second] = await Promise.all(
        [real, local].map(api => answerOf(probe, api, namespace)),
      );
      rows[index] = rowOf(probe, differing(first, second));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return rows;
}

async function answerOf(
  { ask }: Probe,
  api: RawApi,
  namespace: string,
): Promise<unknown> {
  const metadata = { name: namespace };
  await api.post('/api/v1/namespaces', { metadata });
  try {
    const answer = await ask(api, namespace);
    return JSON.parse(JSON.stringify(answer ?? 'nothing'));
  } catch (error) {
    return `it broke off: ${error instanceof Error ? error.message : error}`;
  } finally {
    await api.delete(`/api/v1/namespaces/${namespace}`);
  }
}

/** Where two answers differ, with both values. */
function differing(real: unknown, local: unknown, path = ''): string[] {
  const [left, right] = [JSON.stringify(real), JSON.stringify(local)];
  if (left === right) return [];
  if (isParted(real) && isParted(local)) {
    const keys = new Set([...Object.keys(real), ...Object.keys(local)]);
    return [...keys].flatMap(key =>
      differing(real[key], local[key], `${path}.${key}`),
    );
  }
  return [`${path || '.'}\n    real:  ${left}\n    local: ${right}`];
}

function isParted(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function rowOf({ what, documented }: Probe, details: string[]): Row {
  const scenario = `asks: ${what}`;
  if (!documented) {
    const outcome = details.length === 0 ? 'same' : 'different';
    return { scenario, outcome, details };
  }
  return details.length === 0
    ? {
        scenario,
        outcome: 'different',
        details: ['the documented difference is gone'],
      }
    : { scenario, outcome: 'documented', details, reason: documented };
}
