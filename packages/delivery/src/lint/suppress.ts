import type { Finding } from './finding';
import type { LintObject } from './read/lintObject';
import { readSuppressions } from './read/suppressions';
import type { LintSource } from './read/readSource';
import { ENGINE_RULES } from './rules/engineRules';
import { RULES_BY_ID } from './rules/registry';
import { nearest } from './nearest';

/** On an object: rules that do not hold for it, one a line, `RULE: REASON`. */
export const IGNORE_ANNOTATION = 'rollouts.progressive-delivery/lint-ignore';

/** Somebody's word that a rule does not hold for some lines, or for an object. */
interface Suppression {
  rule: string;
  reason: string;
  file: string;
  place: Pick<Finding, 'line' | 'column' | 'endLine' | 'endColumn'>;
  covers(finding: Finding): boolean;
}

function commentsOf({ file, text }: LintSource): Suppression[] {
  return readSuppressions(text).map(({ rule, reason, line, from, to }) => ({
    rule,
    reason,
    file,
    place: { line, column: 1, endLine: line, endColumn: 2 },
    covers: finding => finding.line >= from && finding.line <= to,
  }));
}

function annotationsOf(object: LintObject): Suppression[] {
  const text = object.value.metadata.annotations?.[IGNORE_ANNOTATION];
  if (typeof text !== 'string') return [];
  const { namespace, name } = object.value.metadata;
  return text
    .split('\n')
    .filter(line => line.trim())
    .map(line => {
      const [rule = '', ...reason] = line.split(':');
      return {
        rule: rule.trim(),
        reason: reason.join(':').trim(),
        file: object.file,
        place: object.locate(['metadata', 'annotations', IGNORE_ANNOTATION]),
        covers: ({ object: of }: Finding) =>
          of?.kind === object.kind &&
          of.name === name &&
          of.namespace === namespace,
      };
    });
}

type EngineRule = (typeof ENGINE_RULES)[keyof typeof ENGINE_RULES];

function complain(
  { file, place }: Suppression,
  rule: EngineRule,
  message: string,
): Finding {
  const { id, severity, fix } = rule;
  return { rule: id, severity, fix, message, file, ...place };
}

/** What is wrong with a suppression in itself; such a one does not count. */
function problemOf(suppression: Suppression): Finding | undefined {
  const { rule, reason } = suppression;
  if (!RULES_BY_ID.has(rule)) {
    const meant = nearest(rule, [...RULES_BY_ID.keys()]);
    return complain(
      suppression,
      ENGINE_RULES.suppressionUnknown,
      `There is no rule ${rule}${meant ? `; is ${meant} meant?` : '.'}`,
    );
  }
  return reason
    ? undefined
    : complain(
        suppression,
        ENGINE_RULES.suppressionWithoutReason,
        `${rule} is silenced without a reason.`,
      );
}

/**
 * Marks the findings that somebody has silenced, by a comment in the file or
 * an annotation on the object, with the reason, and adds what is wrong with
 * the suppressions themselves.
 */
export function suppress(
  findings: Finding[],
  sources: readonly LintSource[],
  objects: readonly LintObject[],
): Finding[] {
  const all = [
    ...sources.flatMap(commentsOf),
    ...objects.flatMap(annotationsOf),
  ];
  const complaints: Finding[] = [];
  const byPlace = new Map<string, { of: Suppression; used: boolean }[]>();
  for (const of of all) {
    const problem = problemOf(of);
    if (problem) {
      complaints.push(problem);
      continue;
    }
    const key = `${of.file}\n${of.rule}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), { of, used: false }]);
  }
  const marked = findings.map(finding => {
    const found = byPlace
      .get(`${finding.file}\n${finding.rule}`)
      ?.find(({ of }) => of.covers(finding));
    if (!found) return finding;
    found.used = true;
    return { ...finding, suppressed: found.of.reason };
  });
  for (const { of, used } of [...byPlace.values()].flat()) {
    if (used) continue;
    complaints.push(
      complain(
        of,
        ENGINE_RULES.suppressionUnused,
        `${of.rule} finds nothing here.`,
      ),
    );
  }
  return [...marked, ...complaints];
}
