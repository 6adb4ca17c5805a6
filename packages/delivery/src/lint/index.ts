export type { Finding, Position, Severity } from './finding';
export { SEVERITIES } from './finding';
export { lint, type LintResult } from './lint';
export type { LintSource } from './read/readSource';
export type { RuleFacts } from './rule';
export { ALL_RULES, RULES_BY_ID } from './rules/registry';
export {
  LintSettingError,
  parseSeverity,
  readSeverity,
  type Severities,
  type SeveritySetting,
} from './severities';
export { IGNORE_ANNOTATION } from './suppress';
export { lintJson } from './output/json';
export { lintSarif } from './output/sarif';
export { lintText } from './output/text';
