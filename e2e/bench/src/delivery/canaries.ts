import { RESOURCES } from '@progressive-delivery/kube';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { until } from '../../../conformance/src/bed/until';
import type { Arena } from './arena';
import {
  USER_AGENTS,
  startContender,
  type Contender,
  type Limit,
} from './contender';
import {
  canary,
  createNamespace,
  deleteNamespace,
  forEach,
  isAtRest,
  names,
} from './fleet';
import { pauseFor } from './pauseFor';
import type { WriteCounts } from './auditLog';

/** Of each canary. */
export const REPLICAS = 5;
/** Events and the last status may come a moment later. */
const AFTERMATH = 3_000;
/** Longer than the slowest has ever taken; seconds. */
const PATIENCE = 900;

export interface CanaryRun {
  /** From the first update until the last rollout is promoted. */
  seconds: number;
  /** Of the controller, from the first update to a moment after the end. */
  cpuSeconds: number;
  /** Megabytes, since the controller started. */
  peakRss: number;
  /** All that the controller wrote meanwhile. */
  writes: WriteCounts;
}

/** So many canaries updated at once, until all are promoted. */
export async function runCanaries(
  arena: Arena,
  contender: Contender,
  limit: Limit,
  size: number,
): Promise<CanaryRun> {
  const { audit, rollouts } = arena;
  const { client } = arena.bed;
  const namespace = `canaries-${contender}-${Date.now().toString(36)}`;
  await createNamespace(client, namespace);
  const controller = await startContender(arena, contender, limit);
  const all = names('shop', size);
  const each = () => rollouts.store.list(namespace);
  try {
    await forEach(all, name =>
      client.create(RESOURCES.rollouts, canary(namespace, name, REPLICAS)),
    );
    await until(
      `${size} rollouts to be healthy`,
      () => each().length === size && each().every(isAtRest),
      { seconds: PATIENCE },
    );
    await pauseFor(AFTERMATH);

    const generations = new Map(
      each().map(({ metadata }) => [metadata.name, metadata.generation ?? 0]),
    );
    const isPromoted = (rollout: Rollout) =>
      (rollout.metadata.generation ?? 0) >
        (generations.get(rollout.metadata.name) ?? 0) && isAtRest(rollout);
    const place = audit.now();
    const before = controller.usage();
    const begun = performance.now();
    const update = {
      spec: {
        template: { spec: { containers: [{ name: 'app', image: 'app:2' }] } },
      },
    };
    await forEach(all, name =>
      client.patch(RESOURCES.rollouts, { name, namespace }, update, {
        type: 'merge',
      }),
    );
    await until(
      () =>
        `${each().filter(rollout => !isPromoted(rollout)).length} of ${size} rollouts to be promoted`,
      () => each().every(isPromoted),
      { seconds: PATIENCE, everyMilliseconds: 50 },
    );
    const seconds = (performance.now() - begun) / 1000;
    await pauseFor(AFTERMATH);
    const after = controller.usage();
    return {
      seconds,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      peakRss: after.peakRss,
      writes: audit.writesSince(place, USER_AGENTS[contender]),
    };
  } finally {
    await controller.kill();
    await deleteNamespace(client, namespace);
  }
}
