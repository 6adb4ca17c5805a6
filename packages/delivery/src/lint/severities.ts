import type { Severity } from './finding';
import { SEVERITIES } from './finding';
import { nearest } from './nearest';
import { RULES_BY_ID } from './rules/registry';

/** What a rule is set to: another severity, or nothing at all. */
export type SeveritySetting = Severity | 'off';

/** Settings by rule id. */
export type Severities = Readonly<Record<string, SeveritySetting>>;

/** A setting that cannot be meant. The message names what can. */
export class LintSettingError extends Error {
  readonly name = 'LintSettingError';
}

const SETTINGS: readonly SeveritySetting[] = [...SEVERITIES, 'off'];

/**
 * @param where - who says so, for the message: `--severity`
 * @throws LintSettingError
 */
export function readSeverity(
  where: string,
  rule: string,
  setting: unknown,
): [string, SeveritySetting] {
  if (!RULES_BY_ID.has(rule)) {
    const meant = nearest(rule, [...RULES_BY_ID.keys()]);
    throw new LintSettingError(
      `${where}: there is no rule "${rule}"${meant ? `; is "${meant}" meant?` : ''}`,
    );
  }
  const found = SETTINGS.find(each => each === setting);
  if (!found) {
    throw new LintSettingError(
      `${where}: ${rule} must be ${SETTINGS.join(', ')}, not ${JSON.stringify(setting)}`,
    );
  }
  return [rule, found];
}

/** Of a text as in `no-analysis=off`. @throws LintSettingError */
export function parseSeverity(where: string, text: string) {
  const [rule = '', setting, ...rest] = text.split('=');
  if (setting === undefined || rest.length) {
    throw new LintSettingError(
      `${where}: write RULE=${SETTINGS.join('|')}, not "${text}"`,
    );
  }
  return readSeverity(where, rule, setting);
}
