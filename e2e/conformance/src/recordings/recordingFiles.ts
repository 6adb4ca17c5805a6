import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VERSIONS } from '../bed/versions';
import { type Aspects, compareAspects } from '../compare/compareAspects';
import type { Scenario } from '../scenarios/scenario';
import { expected } from './expected';
import { formatRecording, parseRecording } from './recordingText';

const FOLDER = join(
  __dirname,
  `../../recorded/argo-rollouts-${VERSIONS.argoRollouts}`,
);

function fileOf({ name }: Pick<Scenario, 'name'>): string {
  return join(FOLDER, `${name}.txt`);
}

/** What the reference did in a scenario; `undefined` when nobody recorded it. */
export function readRecording({
  name,
  expectation,
}: Pick<Scenario, 'name' | 'expectation'>): Aspects | undefined {
  if (expectation) {
    const like = readRecording({ name: expectation.like });
    return like && expected(like, expectation);
  }
  const file = fileOf({ name });
  if (!existsSync(file)) return undefined;
  try {
    return parseRecording(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : ''}`);
  }
}

/**
 * Keeps the recording that is there when it tells the same: a repetition
 * leaves no trace. Returns whether it was written.
 */
export function writeRecording(scenario: Scenario, aspects: Aspects): boolean {
  const known = readRecording(scenario);
  const heading = headingOf(scenario);
  if (known && isSame(known, aspects) && hasHeading(scenario, heading)) {
    return false;
  }
  mkdirSync(dirname(fileOf(scenario)), { recursive: true });
  writeFileSync(fileOf(scenario), formatRecording(heading, aspects));
  return true;
}

/** The scenario in words: what was done, and when. */
function headingOf({ name, acts }: Scenario): string[] {
  return [
    `${name}: Argo Rollouts ${VERSIONS.argoRollouts} on Kubernetes ${VERSIONS.kubernetes}`,
    ...acts.map(
      ({ at, take }) =>
        `${at.what}${take.length > 0 ? `: ${take.map(({ what }) => what).join(', then ')}` : ''}`,
    ),
  ];
}

function hasHeading(scenario: Scenario, heading: string[]): boolean {
  const text = readFileSync(fileOf(scenario), 'utf8');
  return text.startsWith(`${heading.map(line => `# ${line}`).join('\n')}\n\n`);
}

function isSame(known: Aspects, seen: Aspects): boolean {
  return compareAspects('', known, seen, []).every(
    ({ outcome }) => outcome === 'same',
  );
}
