import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ALL_RULES } from '../rules/registry';
import { rulesMarkdown } from './markdown';

/** `UPDATE_LINT_DOCS=1` writes the rules of the page anew. */
const UPDATE = process.env.UPDATE_LINT_DOCS !== undefined;
const PAGE = resolve(__dirname, '../../../../../docs/lint.md');
const MARK = '<!-- Everything below is made from the code. -->';

describe('docs/lint.md', () => {
  it('has every rule as the code has it', () => {
    const page = readFileSync(PAGE, 'utf8');
    const head = page.slice(0, page.indexOf(MARK) + MARK.length);
    const wanted = `${head}\n\n${rulesMarkdown(ALL_RULES)}\n`;
    if (UPDATE) writeFileSync(PAGE, wanted);

    expect(readFileSync(PAGE, 'utf8')).toBe(wanted);
  });

  it('says how many there are', () => {
    expect(readFileSync(PAGE, 'utf8')).toContain(`${ALL_RULES.length} rules`);
  });
});
