import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';
import { type Played, SIDE_BY_SIDE, playAll } from './playAll';
import type { World } from './playScenario';

/** How many play again at the same time: few, so that they are not slow. */
const AGAIN = 4;

/**
 * Plays scenarios and compares each; one that differs plays once more, with
 * little beside it. A difference counts when it shows twice: how long a busy
 * machine takes for something is chance. What showed once only is told.
 * @param over - called with each row that is final
 */
export async function playUntilSure(
  world: World,
  scenarios: Scenario[],
  compare: (played: Played) => Row,
  over: (row: Row) => void,
  sideBySide = SIDE_BY_SIDE,
): Promise<Row[]> {
  const doubtful = new Map<Scenario, Row>();
  const rows: Row[] = [];
  const isFinal = (row: Row) => {
    rows.push(row);
    over(row);
  };
  const first = (played: Played) => {
    const row = compare(played);
    if (row.outcome === 'different') doubtful.set(played.scenario, row);
    else isFinal(row);
  };
  await playAll(world, scenarios, first, sideBySide);
  const again = { ...world, name: `${world.name}-again` };
  const second = (played: Played) => {
    const before = doubtful.get(played.scenario)!;
    isFinal(surer(before, compare(played)));
  };
  await playAll(again, [...doubtful.keys()], second, AGAIN);
  return rows;
}

/** The second row decides; when it is no difference it tells of the first one's. */
export function surer(first: Row, second: Row): Row {
  if (second.outcome === 'different') return second;
  return {
    ...second,
    reason: 'the second time; what follows showed the first time only',
    details: [...second.details, ...first.details],
  };
}
