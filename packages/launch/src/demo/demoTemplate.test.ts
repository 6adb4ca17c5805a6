import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

interface Field {
  pattern?: string;
  errorMessage?: { pattern?: string };
}

const file = resolve(__dirname, '../../../../demo/catalog/templates.yaml');
const fields: [string, Field][] = parseAllDocuments(readFileSync(file, 'utf8'))
  .map(document => document.toJSON())
  .filter(({ kind }) => kind === 'Template')
  .flatMap(({ spec }) => spec.parameters)
  .flatMap(({ properties }) => Object.entries<Field>(properties));

it("says in words what a field of the demo's template takes, not by its pattern", () => {
  const withPattern = fields.filter(([, { pattern }]) => pattern !== undefined);
  expect(withPattern.map(([name]) => name)).toContain('name');
  for (const [, field] of withPattern) {
    expect(field.errorMessage?.pattern).toMatch(/^must .+\.$/);
  }
});

it.each([
  ['a', true],
  ['shop-2', true],
  ['a'.repeat(31), true],
  ['a'.repeat(32), false],
  ['shop-', false],
  ['-shop', false],
  ['2shop', false],
  ['Shop', false],
])('takes the name %s: %s, as the generator does', (name, taken) => {
  const [, { pattern = '' }] = fields.find(([field]) => field === 'name') ?? [
    '',
    {},
  ];
  expect(new RegExp(pattern).test(name)).toBe(taken);
});
