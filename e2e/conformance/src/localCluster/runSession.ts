import type { Row } from '../report/report';
import type { Movement } from './movement';
import { type RunOptions, runProgram } from './runProgram';
import { differingLines, lastingWords } from './sameWords';
import { type Command, wordsOf } from './session';

/** Both clusters that are asked. */
export interface Sides {
  real: RunOptions;
  local: RunOptions;
}

/** Paths of `kubectl` and `rollouts`. */
export type ProgramPaths = Readonly<Record<string, string>>;

/** How long both may take to say the same; milliseconds. */
const PATIENCE = 45_000;
/** How long what never rests is waited for, as pods that crash; milliseconds. */
const RESTLESS = 3_000;

export interface SessionPlace {
  sides: Sides;
  programs: ProgramPaths;
  /** Of both clusters. */
  movement: Movement;
}

/** Gives each command to both clusters, side by side, and compares what they say. */
export async function runSession(
  place: SessionPlace,
  commands: readonly Command[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const command of commands) {
    rows.push(rowOf(command, await differences(place, command)));
  }
  return rows;
}

async function differences(
  { sides, programs, movement }: SessionPlace,
  { command, settles, sorted }: Command,
): Promise<string[]> {
  const [name, ...args] = wordsOf(command);
  const program = programs[name!];
  if (!program) throw new Error(`no program ${name} for: ${command}`);
  const ask = async (side: RunOptions) =>
    lastingWords(await runProgram(program, args, side), sorted);
  const deadline = performance.now() + PATIENCE;
  // Equal while something is still under way says nothing: look twice.
  let before: string | undefined;
  for (;;) {
    const { count } = movement;
    const [real, local] = await Promise.all([
      ask(sides.real),
      ask(sides.local),
    ]);
    if (!settles || performance.now() > deadline) {
      return real === local ? [] : differingLines(real, local);
    }
    if (real === local && real === before) return [];
    before = real === local ? real : undefined;
    if (real === local) await movement.stillness(RESTLESS);
    else await movement.beyond(count, deadline - performance.now());
  }
}

function rowOf({ command, documented }: Command, details: string[]): Row {
  const scenario = `$ ${command}`;
  if (details.length === 0) {
    return documented
      ? {
          scenario,
          outcome: 'different',
          details: ['the documented difference is gone'],
        }
      : { scenario, outcome: 'same', details: [] };
  }
  return documented
    ? { scenario, outcome: 'documented', details, reason: documented }
    : { scenario, outcome: 'different', details };
}
