import { SEVERITIES, type Finding, type Severity } from './finding';
import { formatFieldPath } from './read/fieldPath';
import { readSource, type LintSource } from './read/readSource';
import type { LintRule } from './rule';
import { ENGINE_RULES } from './rules/engineRules';
import { RULES } from './rules/registry';
import { lintScene, type LintScene } from './scene/lintScene';
import type { Severities } from './severities';
import { suppress } from './suppress';

/** What was looked at, and what was found. @public */
export interface LintResult {
  /** In the order of the files, then by line. */
  findings: Finding[];
  /** What somebody has silenced, with the reason. */
  suppressed: Finding[];
  checked: { files: number; objects: number; rollouts: number };
}

function* findingsOf(rule: LintRule, scene: LintScene): Iterable<Finding> {
  const { id, severity, fix } = rule;
  for (const { object, path, message } of rule.check(scene)) {
    const { kind, value } = object;
    const { namespace, name } = value.metadata;
    yield {
      rule: id,
      severity,
      message,
      fix,
      file: object.file,
      object: { kind, ...(namespace ? { namespace } : {}), name },
      ...(path.length ? { field: formatFieldPath(path) } : {}),
      ...object.locate(path),
    };
  }
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

/** By file as they were given, then by line. */
function inOrder(findings: Finding[], sources: readonly LintSource[]) {
  const order = new Map(sources.map(({ file }, i) => [file, i]));
  return findings.sort(
    (a, b) =>
      (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) ||
      a.line - b.line ||
      a.column - b.column ||
      rank(b.severity) - rank(a.severity) ||
      (a.rule < b.rule ? -1 : 1),
  );
}

/**
 * Looks at all manifests of some files together. Pure and deterministic;
 * never throws, whatever stands in them.
 *
 * @param severities - rules that are to count more, less or not at all
 */
export function lint(
  sources: readonly LintSource[],
  severities: Severities = {},
): LintResult {
  const read = sources.map(readSource);
  const objects = read.flatMap(each => each.objects);
  const scene = lintScene(objects);
  const { id, severity, fix } = ENGINE_RULES.unreadable;
  const found: Finding[] = [
    ...read.flatMap(({ unreadable }) =>
      unreadable.map(({ file, line, column, message }) => ({
        ...{ rule: id, severity, fix, message, file, line, column },
        endLine: line,
        endColumn: column + 1,
      })),
    ),
    ...RULES.flatMap(rule => [...findingsOf(rule, scene)]),
  ];
  const all = suppress(found, sources, objects).flatMap(finding => {
    const setting = severities[finding.rule] ?? finding.severity;
    return setting === 'off' ? [] : [{ ...finding, severity: setting }];
  });
  return {
    findings: inOrder(
      all.filter(each => each.suppressed === undefined),
      sources,
    ),
    suppressed: inOrder(
      all.filter(each => each.suppressed !== undefined),
      sources,
    ),
    checked: {
      files: sources.length,
      objects: objects.length,
      rollouts: objects.filter(each => each.kind === 'Rollout').length,
    },
  };
}
