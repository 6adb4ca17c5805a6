import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIOS } from '../scenarios/library';
import { DIFFERENCES } from './differences';
import { readRows, rowsOf } from './differencesDocument';

describe('documented differences', () => {
  it('are the same in docs/differences.md', () => {
    const file = join(__dirname, '../../../../docs/differences.md');
    expect(readRows(readFileSync(file, 'utf8'))).toEqual(rowsOf(DIFFERENCES));
  });

  it('are of scenarios that there are', () => {
    const known = new Set(SCENARIOS.map(({ name }) => name));
    const named = DIFFERENCES.flatMap(({ scenarios }) =>
      scenarios === 'wherever it shows' ? [] : scenarios,
    );
    expect(named.filter(name => !known.has(name))).toEqual([]);
  });
});
