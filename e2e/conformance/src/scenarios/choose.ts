import { createHash } from 'node:crypto';
import type { Scenario } from './scenario';

/** Scenarios by name, or by the beginning of one, such as a theme. @throws Error when nothing matches */
export function chooseByName(
  scenarios: Scenario[],
  names: string[],
): Scenario[] {
  if (names.length === 0) return scenarios;
  return names.flatMap(wanted => {
    const found = scenarios.filter(
      ({ name }) => name === wanted || name.startsWith(`${wanted}/`),
    );
    if (found.length === 0) {
      throw new Error(
        `No scenario ${wanted}. There are: ${scenarios.map(({ name }) => name).join(', ')}`,
      );
    }
    return found;
  });
}

/** Whether the reference can play it: it does not have every router by itself. */
export function isOfReference({
  expectation,
}: Pick<Scenario, 'expectation'>): boolean {
  return expectation === undefined;
}

/**
 * A tenth that stands for all: of each theme at least one, chosen by the seed,
 * which is the commit.
 */
export function chooseTenth(scenarios: Scenario[], seed: string): Scenario[] {
  const rank = ({ name }: Scenario) =>
    createHash('sha256').update(`${seed} ${name}`).digest('hex');
  const themes = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const theme = scenario.name.split('/')[0]!;
    themes.set(theme, [...(themes.get(theme) ?? []), scenario]);
  }
  return [...themes.values()].flatMap(theme =>
    [...theme]
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .slice(0, Math.max(1, Math.round(theme.length / 10))),
  );
}
