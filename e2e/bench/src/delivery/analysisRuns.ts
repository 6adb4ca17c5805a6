import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import { MetricSource } from '../../../conformance/src/bed/metricSource';
import { until } from '../../../conformance/src/bed/until';
import type { Arena } from './arena';
import { total } from './auditLog';
import { USER_AGENTS, startContender, type Contender } from './contender';
import {
  createNamespace,
  deleteNamespace,
  forEach,
  names,
  watch,
} from './fleet';
import { INSTANCE_LABEL } from './instance';
import { pauseFor } from './pauseFor';

/** Seconds between two measurements of a run. */
const INTERVAL = 10;
const WINDOW = 60_000;
const PATIENCE = 300;

export interface AnalysisLoad {
  cpuSecondsPerMinute: number;
  peakRss: number;
  /** Measurements made, of those due; 1 is all. */
  kept: number;
  /** Requests that write, for each measurement. */
  writesPerMeasurement: number;
}

/** So many AnalysisRuns that each measure every ten seconds, for a minute. */
export async function runAnalyses(
  arena: Arena,
  contender: Contender,
  count: number,
): Promise<AnalysisLoad> {
  const { audit } = arena;
  const { client } = arena.bed;
  const namespace = `analyses-${contender}-${Date.now().toString(36)}`;
  await createNamespace(client, namespace);
  const metrics = new MetricSource();
  await metrics.start();
  metrics.set(namespace, 'ok', 1);
  const url = `${metrics.origin}/${namespace}/web/ok`;
  const runs = await watch<AnyObject>(client, RESOURCES.analysisRuns);
  const controller = await startContender(
    arena,
    contender,
    'equal',
    metrics.origin,
  );
  const measured = () => runs.store.list(namespace).map(measurements);
  try {
    await forEach(names('check', count), name =>
      client.create(RESOURCES.analysisRuns, analysisRun(namespace, name, url)),
    );
    await until(
      'each run to have measured once',
      () => measured().length === count && measured().every(Boolean),
      { seconds: PATIENCE, everyMilliseconds: 200 },
    );
    const sum = () => measured().reduce((all, some) => all + some, 0);
    const place = audit.now();
    const before = controller.usage();
    const first = sum();
    await pauseFor(WINDOW);
    const made = sum() - first;
    const { cpuSeconds, peakRss } = controller.usage();
    const due = (count * WINDOW) / (INTERVAL * 1000);
    return {
      cpuSecondsPerMinute: (cpuSeconds - before.cpuSeconds) * (60_000 / WINDOW),
      peakRss,
      kept: made / due,
      writesPerMeasurement:
        total(audit.writesSince(place, USER_AGENTS[contender])) / made,
    };
  } finally {
    await controller.kill();
    await runs.stop();
    await metrics.stop();
    await deleteNamespace(client, namespace);
  }
}

function analysisRun(namespace: string, name: string, url: string) {
  return {
    metadata: { namespace, name, labels: INSTANCE_LABEL },
    spec: {
      metrics: [
        {
          name: 'ok',
          interval: `${INTERVAL}s`,
          successCondition: 'result == 1',
          provider: { web: { url, jsonPath: '{$.value}' } },
        },
      ],
    },
  };
}

function measurements({ status }: AnyObject): number {
  return status?.metricResults?.[0]?.count ?? 0;
}
