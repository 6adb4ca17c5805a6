import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumeMissing } from '../simulate/manifests/assumeMissing';
import { readObjects, sortObjects } from '../simulate/manifests/readManifests';
import { timelineSvg } from '../simulate/render/svg/timelineSvg';
import { simulateRollout } from '../simulate/simulateRollout';
import type { Timeline } from '../simulate/timeline/timeline';
import { parseRolloutsArguments } from './rolloutsArguments';

const MANIFEST = /```yaml\n([\s\S]*?)```/;
const COMMAND = /```sh\nyarn rollouts (.+)\n```/;

/** A page of docs/strategies that does not have what each of them has. */
export class StrategyPageError extends Error {
  readonly name = 'StrategyPageError';
}

/** One page, and what its command makes of its manifest. */
export interface StrategyPage {
  name: string;
  text: string;
  timeline: Timeline;
  /** Path of its picture. */
  picture: string;
  /** What the picture is to be. */
  svg: string;
}

/**
 * A page of docs/strategies with its manifest simulated.
 *
 * @param pages - the folder that they are in
 * @throws StrategyPageError, and what the simulation throws
 */
export function strategyPage(pages: string, file: string): StrategyPage {
  const text = readFileSync(join(pages, file), 'utf8');
  const [, manifest] = MANIFEST.exec(text) ?? [];
  const [, command] = COMMAND.exec(text) ?? [];
  if (!manifest || !command) {
    throw new StrategyPageError(
      `docs/strategies/${file} needs one \`\`\`yaml block with a manifest and one \`\`\`sh block with its \`yarn rollouts simulate\``,
    );
  }
  const args = parseRolloutsArguments(command.split(/\s+/));
  const manifests = sortObjects(readObjects(file, manifest));
  const [rollout] = manifests.rollouts;
  if (args.command !== 'simulate' || !rollout) {
    throw new StrategyPageError(
      `docs/strategies/${file}: the command must be simulate, and the manifest must have a Rollout`,
    );
  }
  const timeline = simulateRollout(
    assumeMissing(rollout, manifests),
    args.assumptions,
  );
  const name = file.replace(/\.md$/, '');
  return {
    name,
    text,
    timeline,
    picture: join(pages, 'images', `${name}.svg`),
    svg: timelineSvg(timeline),
  };
}

/** Names of all pages but the index. */
export function strategyPageFiles(pages: string): string[] {
  return readdirSync(pages)
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .sort();
}

/** The text of the index of all pages. */
export function strategyIndex(pages: string): string {
  return readFileSync(join(pages, 'README.md'), 'utf8');
}
