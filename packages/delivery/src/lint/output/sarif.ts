import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Severity } from '../finding';
import type { LintResult } from '../lint';
import type { RuleFacts } from '../rule';
import { ALL_RULES } from '../rules/registry';

const LEVELS: Record<Severity, Result.level> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

function ruleOf({
  id,
  severity,
  title,
  explanation,
  fix,
  source,
}: RuleFacts): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: `${explanation}\n\n${fix}` },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

/** A relative reference: what is no path character is encoded. */
function uriOf(file: string): string {
  const path = file === '-' ? 'stdin' : file.replaceAll('\\', '/');
  return path.split('/').map(encodeURIComponent).join('/');
}

function resultOf(finding: Finding): Result {
  const { rule, severity, message, fix, file, suppressed } = finding;
  return {
    ruleId: rule,
    ruleIndex: ALL_RULES.findIndex(each => each.id === rule),
    level: LEVELS[severity],
    message: { text: `${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
          },
        },
        ...(finding.object
          ? {
              logicalLocations: [
                {
                  fullyQualifiedName: [
                    finding.object.kind,
                    finding.object.namespace,
                    finding.object.name,
                  ]
                    .filter(Boolean)
                    .join('/'),
                  kind: 'resource',
                },
              ],
            }
          : {}),
      },
    ],
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'inSource', justification: suppressed }] }),
  };
}

/** SARIF 2.1.0, for GitHub's code scanning and whoever else reads it. */
export function lintSarif({ findings, suppressed }: LintResult): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rollouts-lint',
            informationUri:
              'https://github.com/progressive-delivery/backstage-plugins',
            rules: ALL_RULES.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [...findings, ...suppressed].map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
