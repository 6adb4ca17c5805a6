import { RESOURCES } from '@progressive-delivery/kube';
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
import { pauseFor } from './pauseFor';

const NAMESPACE = 'idle';
const PATIENCE = 900;
/** How long it is left alone before, and how long it is looked at. */
const SETTLE = 15_000;
const WINDOW = 60_000;

export interface IdleRun {
  /** Processor time of a minute in which nothing happens. */
  cpuSecondsPerMinute: number;
  rss: number;
}

/** Rollouts of one replica, at rest, on which the contenders take turns. */
export async function withRestingRollouts<T>(
  arena: Arena,
  count: number,
  work: () => Promise<T>,
): Promise<T> {
  const { rollouts } = arena;
  const { client } = arena.bed;
  await createNamespace(client, NAMESPACE);
  try {
    const controller = await startContender(arena, 'ours', 'equal');
    try {
      await forEach(names('shop', count), name =>
        client.create(RESOURCES.rollouts, canary(NAMESPACE, name, 1)),
      );
      const each = () => rollouts.store.list(NAMESPACE);
      await until(
        `${count} rollouts to be healthy`,
        () => each().length === count && each().every(isAtRest),
        { seconds: PATIENCE, everyMilliseconds: 500 },
      );
    } finally {
      await controller.kill();
    }
    return await work();
  } finally {
    await deleteNamespace(client, NAMESPACE);
  }
}

/** What a controller costs while nothing happens. */
export async function runIdle(
  arena: Arena,
  contender: Contender,
): Promise<IdleRun> {
  const controller = await startContender(arena, contender, 'equal');
  try {
    await pauseFor(SETTLE);
    const before = controller.usage();
    await pauseFor(WINDOW);
    const { cpuSeconds, rss } = controller.usage();
    return {
      cpuSecondsPerMinute: (cpuSeconds - before.cpuSeconds) * (60_000 / WINDOW),
      rss,
    };
  } finally {
    await controller.kill();
  }
}
