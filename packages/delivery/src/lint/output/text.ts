import type { Finding, Severity } from '../finding';
import type { LintResult } from '../lint';
import type { LintSource } from '../read/readSource';

export interface LintTextOptions {
  /** ANSI colours, for a terminal. */
  colour?: boolean;
}

const COLOURS: Record<Severity, string> = {
  error: '\u001b[31m',
  warning: '\u001b[33m',
  info: '\u001b[36m',
};
const DIM = '\u001b[2m';
const BOLD = '\u001b[1m';
const RESET = '\u001b[0m';

type Paint = (code: string, text: string) => string;

/** The line of the file with a mark under what is meant. */
function excerpt(finding: Finding, lines: readonly string[], paint: Paint) {
  const text = lines[finding.line - 1];
  if (text === undefined) return [];
  const number = String(finding.line);
  const margin = ' '.repeat(number.length);
  const width =
    finding.endLine === finding.line
      ? Math.max(1, finding.endColumn - finding.column)
      : 1;
  const mark = ' '.repeat(finding.column - 1) + '^'.repeat(width);
  return [
    `  ${paint(DIM, `${number} │`)} ${text}`,
    `  ${paint(DIM, `${margin} │`)} ${paint(COLOURS[finding.severity], mark)}`,
  ];
}

const count = (n: number, one: string, many = `${one}s`) =>
  `${n} ${n === 1 ? one : many}`;

function summary({ findings, suppressed, checked }: LintResult): string {
  const of = (severity: Severity) =>
    findings.filter(each => each.severity === severity).length;
  const found = findings.length
    ? [
        count(of('error'), 'error'),
        count(of('warning'), 'warning'),
        count(of('info'), 'note'),
      ].join(', ')
    : 'nothing found';
  const silenced = suppressed.length ? `, ${suppressed.length} silenced` : '';
  return `${count(checked.files, 'file')}, ${count(checked.objects, 'object')}, ${count(checked.rollouts, 'rollout')}: ${found}${silenced}`;
}

/** For people: each finding with its line, and what to do. */
export function lintText(
  result: LintResult,
  sources: readonly LintSource[],
  { colour = false }: LintTextOptions = {},
): string {
  const paint: Paint = (code, text) => (colour ? code + text + RESET : text);
  const texts = new Map(
    sources.map(({ file, text }) => [file, text.split(/\r?\n/)]),
  );
  const blocks = result.findings.map(finding => {
    const { file, line, column, severity, rule, message, fix } = finding;
    return [
      `${paint(BOLD, `${file}:${line}:${column}`)}  ${paint(COLOURS[severity], severity)}  ${paint(DIM, rule)}`,
      `  ${message}`,
      ...excerpt(finding, texts.get(file) ?? [], paint),
      `  → ${fix}`,
      '',
    ].join('\n');
  });
  return `${[...blocks, summary(result)].join('\n')}\n`;
}
