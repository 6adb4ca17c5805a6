import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { until } from '../../../conformance/src/bed/until';
import type { Arena } from './arena';
import { startContender, type Contender } from './contender';
import {
  canary,
  createNamespace,
  deleteNamespace,
  forEach,
  isAtRest,
  names,
} from './fleet';
import { INSTANCE_LABEL } from './instance';
import { pauseFor } from './pauseFor';

const NAMESPACE = 'restart';
const PATIENCE = 900;
/** One rollout of so many has changed while no controller ran. */
const CHANGED = 20;
/** How long it is left alone until its memory is read. */
const SETTLE = 15_000;

export interface RestartRun {
  /** From the start of the process until one, and all, of the changed rollouts are seen to. */
  firstSeconds: number;
  allSeconds: number;
  cpuSeconds: number;
  peakRss: number;
  /** Some time after. */
  rss: number;
}

/** Rollouts without pods, and finished AnalysisRuns that they own. */
export async function withHistory<T>(
  arena: Arena,
  { rolloutCount, runCount }: { rolloutCount: number; runCount: number },
  work: () => Promise<T>,
): Promise<T> {
  const { rollouts } = arena;
  const { client } = arena.bed;
  await createNamespace(client, NAMESPACE);
  try {
    const controller = await startContender(arena, 'ours', 'equal');
    const each = () => rollouts.store.list(NAMESPACE);
    try {
      await forEach(names('shop', rolloutCount), name =>
        client.create(RESOURCES.rollouts, canary(NAMESPACE, name, 0)),
      );
      await until(
        `${rolloutCount} rollouts to be healthy`,
        () => each().length === rolloutCount && each().every(isAtRest),
        { seconds: PATIENCE, everyMilliseconds: 500 },
      );
    } finally {
      await controller.kill();
    }
    const owners = each();
    await forEach(
      Array.from({ length: runCount }, (_, index) => index),
      index =>
        client.create(
          RESOURCES.analysisRuns,
          finishedRun(`check-${index}`, owners[index % owners.length]!),
        ),
    );
    return await work();
  } finally {
    await deleteNamespace(client, NAMESPACE);
  }
}

/** From nothing until all that changed meanwhile is seen to. */
export async function runRestart(
  arena: Arena,
  contender: Contender,
): Promise<RestartRun> {
  const { rollouts } = arena;
  const { client } = arena.bed;
  const changed = rollouts.store
    .list(NAMESPACE)
    .filter((_, index) => index % CHANGED === 0)
    .map(({ metadata }) => metadata.name);
  await forEach(changed, async name => {
    const spec = rollouts.store.get(NAMESPACE, name)?.spec;
    const minReadySeconds = (spec?.minReadySeconds ?? 0) + 1;
    const answer = await client.patch(
      RESOURCES.rollouts,
      { name, namespace: NAMESPACE },
      { spec: { minReadySeconds } },
      { type: 'merge' },
    );
    await rollouts.store.waitFor(answer);
  });
  const seen = () =>
    changed.filter(name => {
      const rollout = rollouts.store.get(NAMESPACE, name);
      return rollout !== undefined && isAtRest(rollout);
    }).length;
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const controller = await startContender(arena, contender, 'equal');
  const options = { seconds: PATIENCE, everyMilliseconds: 50 };
  try {
    await until('the first rollout to be seen to', () => seen() > 0, options);
    const firstSeconds = elapsed();
    await until(
      () => `${changed.length - seen()} rollouts to be seen to`,
      () => seen() === changed.length,
      options,
    );
    const allSeconds = elapsed();
    const { cpuSeconds } = controller.usage();
    await pauseFor(SETTLE);
    const { rss, peakRss } = controller.usage();
    return { firstSeconds, allSeconds, cpuSeconds, rss, peakRss };
  } finally {
    await controller.kill();
  }
}

function finishedRun(name: string, owner: Rollout): AnyObject {
  const at = '2026-01-01T00:00:00Z';
  const measurement = {
    phase: 'Successful',
    value: '1',
    startedAt: at,
    finishedAt: at,
  };
  return {
    metadata: {
      namespace: NAMESPACE,
      name,
      labels: INSTANCE_LABEL,
      ownerReferences: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          name: owner.metadata.name,
          uid: owner.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      metrics: [
        {
          name: 'ok',
          interval: '10s',
          count: 10,
          successCondition: 'result == 1',
          provider: {
            web: { url: 'http://metrics.example/ok', jsonPath: '{$.value}' },
          },
        },
      ],
    },
    status: {
      phase: 'Successful',
      startedAt: at,
      completedAt: at,
      runSummary: { count: 1, successful: 1 },
      metricResults: [
        {
          name: 'ok',
          phase: 'Successful',
          count: 10,
          successful: 10,
          measurements: Array.from({ length: 10 }, () => measurement),
        },
      ],
    },
  };
}
