import type { Aspects } from '../compare/compareAspects';
import { oneLine } from '../observe/oneLine';

/** Marks a value that lasted so shortly that it may be missing. */
const BRIEF = '~ ';
const LASTING = '  ';

/**
 * A recording as a person reads it: each aspect, its values in their order
 * below it; `~` marks the brief ones.
 */
export function formatRecording(heading: string[], aspects: Aspects): string {
  const sections = Object.keys(aspects)
    .sort()
    .map(aspect => {
      const values = aspects[aspect]!.map(
        ({ value, brief }) => `${brief ? BRIEF : LASTING}${oneLine(value)}`,
      );
      return [aspect, ...values].join('\n');
    });
  return `${[...heading.map(line => `# ${line}`), '', sections.join('\n\n')].join('\n')}\n`;
}

/** @throws Error naming the line that belongs to no aspect. */
export function parseRecording(text: string): Aspects {
  const aspects: Aspects = {};
  let current: string | undefined;
  text.split('\n').forEach((line, index) => {
    if (line === '' || line.startsWith('# ')) return;
    const brief = line.startsWith(BRIEF);
    if (!brief && !line.startsWith(LASTING)) {
      current = line;
      aspects[current] = [];
      return;
    }
    if (current === undefined) {
      throw new Error(`line ${index + 1} belongs to no aspect: ${line}`);
    }
    const value = line.slice(BRIEF.length);
    aspects[current]!.push({ value, brief });
  });
  return aspects;
}
