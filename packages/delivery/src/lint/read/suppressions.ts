/** Somebody's word that a finding is meant to be, and why. */
export interface CommentSuppression {
  rule: string;
  reason: string;
  /** Where the comment is. */
  line: number;
  /** The lines that it covers, both included. */
  from: number;
  to: number;
}

const COMMENT = /(^|\s)#\s*rollouts-lint-ignore\s+([\w-]+)\s*:?[ \t]*(.*)$/;
const indentOf = (text: string) => text.length - text.trimStart().length;

/** The last line of what begins at `first`: all that is indented deeper. */
function endOfBlock(lines: string[], first: number): number {
  const indent = indentOf(lines[first] ?? '');
  let last = first;
  for (let at = first + 1; at < lines.length; at++) {
    const text = lines[at] ?? '';
    if (!text.trim()) continue;
    if (indentOf(text) <= indent) break;
    last = at;
  }
  return last;
}

/**
 * Comments `# rollouts-lint-ignore RULE: REASON`. Beside a field one covers
 * its line; alone on a line, the next field with all that stands in it.
 */
export function readSuppressions(text: string): CommentSuppression[] {
  if (!text.includes('rollouts-lint-ignore')) return [];
  const lines = text.split(/\r?\n/);
  return lines.flatMap((content, at) => {
    const match = COMMENT.exec(content);
    if (!match) return [];
    const [, , rule = '', reason = ''] = match;
    const shared = { rule, reason: reason.trim(), line: at + 1 };
    if (!content.trimStart().startsWith('#')) {
      return [{ ...shared, from: at + 1, to: at + 1 }];
    }
    let first = at + 1;
    while (/^\s*(#.*)?$/.test(lines[first] ?? 'x')) first++;
    return [{ ...shared, from: first + 1, to: endOfBlock(lines, first) + 1 }];
  });
}
