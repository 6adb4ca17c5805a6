import { structuredPatch } from 'diff';

/** A line of a difference, with its number on each side where it is there. */
export interface DiffLine {
  kind: 'added' | 'removed' | 'same';
  text: string;
  from?: number;
  to?: number;
}

/** Changed lines with their surroundings, and how many are left out before. */
export interface DiffBlock {
  skipped: number;
  lines: DiffLine[];
}

export interface TemplateDiff {
  blocks: DiffBlock[];
  /** Lines left out after the last block. */
  skippedAtEnd: number;
}

const CONTEXT = 3;

/** The difference of two texts by lines, unchanged stretches left out. */
export function templateDiff(from: string, to: string): TemplateDiff {
  const { hunks } = structuredPatch('from', 'to', from, to, '', '', {
    context: CONTEXT,
  });
  let next = 1;
  const blocks = hunks.map((hunk): DiffBlock => {
    const skipped = Math.max(0, hunk.oldStart - next);
    next = hunk.oldStart + hunk.oldLines;
    let left = hunk.oldStart;
    let right = hunk.newStart;
    return {
      skipped,
      lines: hunk.lines.flatMap((line): DiffLine[] => {
        const text = line.slice(1);
        switch (line[0]) {
          case '+':
            return [{ kind: 'added', text, to: right++ }];
          case '-':
            return [{ kind: 'removed', text, from: left++ }];
          case ' ':
            return [{ kind: 'same', text, from: left++, to: right++ }];
          default:
            // "\ No newline at end of file"
            return [];
        }
      }),
    };
  });
  const total = from === '' ? 0 : from.replace(/\n$/, '').split('\n').length;
  return {
    blocks,
    skippedAtEnd: blocks.length > 0 ? Math.max(0, total - next + 1) : 0,
  };
}
