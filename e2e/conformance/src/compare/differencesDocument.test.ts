import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handoverName } from '../handover/handoverName';
import { SCENARIOS } from '../scenarios/library';
import { DIFFERENCES } from './differences';
import {
  OPEN_SECTION,
  openRowsOf,
  readRows,
  rowsOf,
} from './differencesDocument';
import { OPEN_DIFFERENCES } from './openDifferences';

const document = readFileSync(
  join(__dirname, '../../../../docs/differences.md'),
  'utf8',
);

describe('documented differences', () => {
  it('are the same in docs/differences.md', () => {
    expect(readRows(document)).toEqual(rowsOf(DIFFERENCES));
  });

  it('that are open are the same there, too', () => {
    expect(readRows(document, OPEN_SECTION)).toEqual(
      openRowsOf(OPEN_DIFFERENCES),
    );
  });

  it('are of scenarios that there are', () => {
    const known = new Set(SCENARIOS.map(({ name }) => name));
    const named = DIFFERENCES.flatMap(({ scenarios }) =>
      scenarios === 'wherever it shows' ? [] : scenarios,
    );
    const handovers = new Set(SCENARIOS.map(handoverName));
    const open = Object.keys(OPEN_DIFFERENCES);
    expect(named.filter(name => !known.has(name))).toEqual([]);
    expect(
      open.filter(name => !known.has(name) && !handovers.has(name)),
    ).toEqual([]);
  });
});
