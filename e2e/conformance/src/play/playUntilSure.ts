import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';
import { type Played, SIDE_BY_SIDE, playAll } from './playAll';
import type { World } from './playScenario';

/** How many play again at the same time: few, so that they are not slow. */
const AGAIN = 4;

/**
 * Plays scenarios and compares each; one that differs plays again, with little
 * beside it, and a third time when the two disagree. Most of three decides: how
 * long a busy machine takes for something is chance. What showed once only is
 * told.
 * @param over - called with each row that is final
 */
export async function playUntilSure(
  world: World,
  scenarios: Scenario[],
  compare: (played: Played) => Row,
  over: (row: Row) => void,
  sideBySide = SIDE_BY_SIDE,
): Promise<Row[]> {
  const rows: Row[] = [];
  const seen = new Map<Scenario, Row[]>();
  const play = async (name: string, some: Scenario[], lanes: number) => {
    const doubtful: Scenario[] = [];
    const isOver = (played: Played) => {
      const { scenario } = played;
      const found = [...(seen.get(scenario) ?? []), compare(played)];
      seen.set(scenario, found);
      const row = sure(found);
      if (!row) {
        doubtful.push(scenario);
        return;
      }
      rows.push(row);
      over(row);
    };
    await playAll({ ...world, name }, some, isOver, lanes);
    return doubtful;
  };
  const twice = await play(world.name, scenarios, sideBySide);
  const thrice = await play(`${world.name}-again`, twice, AGAIN);
  await play(`${world.name}-third`, thrice, AGAIN);
  return rows;
}

/**
 * The row that the plays so far come to; none when they leave it open. One
 * that is no difference tells of the one that was.
 */
export function sure(rows: Row[]): Row | undefined {
  const differing = rows.filter(({ outcome }) => isDifferent(outcome));
  const others = rows.filter(({ outcome }) => !isDifferent(outcome));
  if (differing.length >= 2) return differing[1];
  const [first] = differing;
  if (!first) return others[0];
  const last = others[1];
  return (
    last && {
      ...last,
      reason: 'two times of three; what follows showed once only',
      details: [...last.details, ...first.details],
    }
  );
}

function isDifferent(outcome: Row['outcome']): boolean {
  return outcome === 'different' || outcome === 'open';
}
