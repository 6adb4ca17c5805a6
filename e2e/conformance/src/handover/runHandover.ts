import type { Bed } from '../bed/bed';
import { compareScenario } from '../compare/compareScenario';
import { differencesOf } from '../compare/differences';
import { type Played, playAll } from '../play/playAll';
import type { World } from '../play/playScenario';
import { startRealWorlds } from '../play/realWorld';
import { readRecording } from '../recordings/recordingFiles';
import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';

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
      await playAll(
        world,
        scenarios,
        played => {
          const row = asOneHand(title, played);
          rows.push(row);
          say(`${row.scenario}: ${row.outcome}`);
        },
        5,
      );
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
  const name = scenario.name.replace('killed/', 'handover/');
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
