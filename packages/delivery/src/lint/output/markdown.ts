import type { RuleFacts } from '../rule';

const section = ({
  id,
  severity,
  title,
  explanation,
  fix,
  source,
}: RuleFacts): string =>
  [
    `### ${id}`,
    `**${severity}** · ${title}.`,
    explanation,
    `_What to do:_ ${fix} [Source](${source})`,
  ].join('\n\n');

/** The rules as a page's part: a section each, in the order of their ids. */
export function rulesMarkdown(rules: readonly RuleFacts[]): string {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map(section).join('\n\n');
}
