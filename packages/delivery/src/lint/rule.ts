import type { Severity } from './finding';
import type { FieldPath } from './read/fieldPath';
import type { LintObject } from './read/lintObject';
import type { LintScene } from './scene/lintScene';

/** Where a rule is broken, and how. */
export interface Report {
  object: LintObject;
  path: FieldPath;
  message: string;
}

/** What is known of a rule, for people and for machines. */
export interface RuleFacts {
  /** Lower case with dashes; never changes its meaning. */
  id: string;
  severity: Severity;
  /** What must hold, in a few words. */
  title: string;
  /** What happens otherwise, in one or two sentences. */
  explanation: string;
  /** What to do about it. */
  fix: string;
  /** Where the rule comes from: an address. */
  source: string;
}

/** One rule: facts, and a pure look at all manifests together. */
export interface LintRule extends RuleFacts {
  check(scene: LintScene): Iterable<Report>;
}
