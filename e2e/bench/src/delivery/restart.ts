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

const PREFIX = 'restart';
/** Until the fleet is there; seconds. */
const PATIENCE = 900;
/** After which a contender is cut off; seconds. */
const LONGEST = 300;
/** One rollout of so many has changed while no controller ran. */
const CHANGED = 20;
/** How long it is left alone until its memory is read. */
const SETTLE = 15_000;

/** Rollouts at rest, and finished AnalysisRuns that they own. */
export interface History {
  rolloutCount: number;
  runCount: number;
  /** Over which they are spread. */
  namespaceCount: number;
}

export interface RestartRun {
  /** From the start of the process until one, and all, of the changed rollouts are seen to. */
  firstSeconds: number;
  /** With `unseen`, when it was cut off. */
  allSeconds: number;
  /** Changed rollouts that were not seen to before it was cut off. */
  unseen: number;
  cpuSeconds: number;
  peakRss: number;
  /** Some time after. */
  rss: number;
}

const ofBench = ({ rollouts }: Arena) =>
  rollouts.store
    .list()
    .filter(({ metadata }) => metadata.namespace?.startsWith(PREFIX));

/** Rollouts without pods, and finished AnalysisRuns that they own. */
export async function withHistory<T>(
  arena: Arena,
  { rolloutCount, runCount, namespaceCount }: History,
  work: () => Promise<T>,
): Promise<T> {
  const { client } = arena.bed;
  const namespaces = names(PREFIX, namespaceCount);
  await forEach(namespaces, name => createNamespace(client, name));
  try {
    const controller = await startContender(arena, 'ours', 'equal');
    const each = () => ofBench(arena);
    try {
      await forEach(numbers(rolloutCount), index =>
        client.create(
          RESOURCES.rollouts,
          canary(namespaces[index % namespaceCount]!, `shop-${index}`, 0),
        ),
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
    await forEach(numbers(runCount), index =>
      client.create(
        RESOURCES.analysisRuns,
        finishedRun(`check-${index}`, owners[index % owners.length]!),
      ),
    );
    return await work();
  } finally {
    await forEach(namespaces, name => deleteNamespace(client, name));
  }
}

/** From nothing until all that changed meanwhile is seen to. */
export async function runRestart(
  arena: Arena,
  contender: Contender,
): Promise<RestartRun> {
  const { rollouts } = arena;
  const { client } = arena.bed;
  const changed = ofBench(arena)
    .filter((_, index) => index % CHANGED === 0)
    .map(({ metadata: { namespace = '', name }, spec }) => ({
      namespace,
      name,
      minReadySeconds: (spec.minReadySeconds ?? 0) + 1,
    }));
  await forEach(changed, async ({ namespace, name, minReadySeconds }) => {
    const answer = await client.patch(
      RESOURCES.rollouts,
      { name, namespace },
      { spec: { minReadySeconds } },
      { type: 'merge' },
    );
    await rollouts.store.waitFor(answer);
  });
  const seen = () =>
    changed.filter(({ namespace, name }) => {
      const rollout = rollouts.store.get(namespace, name);
      return rollout !== undefined && isAtRest(rollout);
    }).length;
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const controller = await startContender(arena, contender, 'equal');
  const isOver = () => elapsed() > LONGEST;
  const options = { seconds: 2 * LONGEST, everyMilliseconds: 50 };
  try {
    await until(
      'the first rollout to be seen to',
      () => seen() > 0 || isOver(),
      options,
    );
    const firstSeconds = elapsed();
    await until(
      () => `${changed.length - seen()} rollouts to be seen to`,
      () => seen() === changed.length || isOver(),
      options,
    );
    const unseen = changed.length - seen();
    const allSeconds = elapsed();
    const { cpuSeconds } = controller.usage();
    await pauseFor(SETTLE);
    const { rss, peakRss } = controller.usage();
    return { firstSeconds, allSeconds, unseen, cpuSeconds, rss, peakRss };
  } finally {
    await controller.kill();
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
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
      namespace: owner.metadata.namespace,
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
