import type { Bed } from '../bed/bed';
import { compareScenario } from '../compare/compareScenario';
import { differencesOf } from '../compare/differences';
import { asOpen } from '../compare/openDifferences';
import type { Played } from '../play/playAll';
import type { World } from '../play/playScenario';
import { playUntilSure } from '../play/playUntilSure';
import { startRealWorlds } from '../play/realWorld';
import { readRecording } from '../recordings/recordingFiles';
import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';
import { handoverName } from './handoverName';

const DIRECTIONS = {
  'ours to the reference': ['ours', 'reference'],
  'the reference to ours': ['reference', 'ours'],
} as const;

/**
 * In the middle of each kind of step one controller is killed and the other
 * one takes over. It must look as if one hand had done it: what the reference
 * shows that is killed and comes back, and the same pods.
 */
export async function runHandover(
  bed: Bed,
  scenarios: Scenario[],
  say: (line: string) => void,
): Promise<Row[]> {
  const neither = { ours: false };
  const worlds = await startRealWorlds(bed, neither, say);
  const rows: Row[] = [];
  try {
    for (const [title, [first, second]] of Object.entries(DIRECTIONS)) {
      const world = handedOver(worlds[first], worlds[second]);
      const compare = (played: Played) =>
        asOpen(handoverName(played.scenario), asOneHand(title, played));
      const over = (row: Row) => say(`${row.scenario}: ${row.outcome}`);
      rows.push(...(await playUntilSure(world, scenarios, compare, over, 5)));
    }
    return rows;
  } finally {
    await worlds.stop();
  }
}

/** Starts the one, and the other one when it is to start again. */
function handedOver(first: World, second: World): World {
  const started = new Set<string>();
  return {
    ...first,
    name: `${first.name}-to-${second.name}`.replace('reference', 'ref'),
    ownControllers: true,
    startController(id, namespace) {
      const world = started.has(id) ? second : first;
      started.add(id);
      return world.startController(id, namespace);
    },
  };
}

function asOneHand(title: string, { scenario, aspects, failure }: Played): Row {
  const name = handoverName(scenario);
  const recorded = readRecording(scenario);
  if (!aspects || !recorded) {
    return {
      scenario: `${name} · ${title}`,
      outcome: 'different',
      details: [failure ?? 'the reference was not recorded'],
    };
  }
  return compareScenario(
    { ...scenario, name },
    title,
    // Both have their own events, and a hash of the other's is kept as it is.
    withoutEvents(recorded),
    withoutEvents(aspects),
    differencesOf(scenario.name),
  );
}

function withoutEvents<T>(aspects: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(aspects).filter(([aspect]) => !aspect.startsWith('Events')),
  );
}
