import { RESOURCES } from '@progressive-delivery/kube';
import type { Bed } from '../bed/bed';
import { until } from '../bed/until';
import type { World } from '../play/playScenario';
import { startRealWorlds } from '../play/realWorld';
import type { Row } from '../report/report';
import { canary } from '../scenarios/builders';

const INSTANCE = 'argo-rollouts.argoproj.io/controller-instance-id';
const ROLLOUTS = 40;
const WATCHED_SECONDS = 10;

/**
 * Rollouts that are deleted at the very moment their controller writes them
 * must stay gone. The reference may keep one as a ghost in its cache and make
 * ReplicaSets for it without end; what it does here is told, not judged.
 */
export async function runGhost(
  bed: Bed,
  say: (line: string) => void,
): Promise<Row[]> {
  const worlds = await startRealWorlds(bed, { ours: true }, say);
  try {
    const ours = await madeAfterDeletion(worlds.ours);
    const shared = await worlds.reference.startController('reference');
    const reference = await madeAfterDeletion(worlds.reference);
    await shared.kill();
    const inWords = (count: number) =>
      `${count} ReplicaSets made within ${WATCHED_SECONDS} s of the deletion of ${ROLLOUTS} rollouts`;
    say(`ghosts: the reference: ${inWords(reference)}`);
    return [
      {
        scenario: 'ghost · ours on the real control plane',
        outcome: ours === 0 ? 'same' : 'different',
        details: [inWords(ours)],
      },
    ];
  } finally {
    await worlds.stop();
  }
}

async function madeAfterDeletion(world: World): Promise<number> {
  const namespace = `${world.name}-ghost`;
  const { client } = world;
  const objects = world.objects.in(namespace);
  await client.create(RESOURCES.namespaces, { metadata: { name: namespace } });
  let deleted = 0;
  let made = 0;
  // What the controller answers to a deletion with is what is to be counted.
  const stopCounting = objects.subscribe(RESOURCES.replicaSets, change => {
    if (change.type === 'added' && deleted === ROLLOUTS) made += 1;
  });
  const writes = new Map<string, number>();
  const doomed = new Set<string>();
  const stopDeleting = objects.subscribe(RESOURCES.rollouts, change => {
    const { metadata, status } = change.object;
    const { name } = metadata;
    if (change.type !== 'modified' || doomed.has(name)) return;
    const seen = (writes.get(name) ?? 0) + 1;
    writes.set(name, seen);
    // Each write of the first ones is the last that some rollout gets. On a
    // busy control plane there may be fewer of them.
    const wanted = 1 + (Number(name.replace('app-', '')) % 4);
    if (seen < wanted && status?.phase !== 'Healthy') return;
    doomed.add(name);
    client.delete(RESOURCES.rollouts, { namespace, name }).then(
      () => {
        deleted += 1;
      },
      error => process.emitWarning(error),
    );
  });
  for (let number = 0; number < ROLLOUTS; number++) {
    const [rollout] = canary([], {}, { replicas: 1 });
    await client.create(RESOURCES.rollouts, {
      ...rollout,
      metadata: {
        namespace,
        name: `app-${number}`,
        labels: { [INSTANCE]: world.instanceId },
      },
    });
  }
  await until('all rollouts to be deleted', () => deleted === ROLLOUTS, {
    seconds: 60,
  });
  made = 0;
  const end = performance.now() + WATCHED_SECONDS * 1000;
  await until('ghosts to appear', () => performance.now() > end);
  stopCounting();
  stopDeleting();
  await client.delete(RESOURCES.namespaces, { name: namespace });
  return made;
}
