import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { CSV_HEADER, csvLine } from './csv';

const release: ReleaseSummary = {
  id: 'r',
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entityRefs: ['component:default/colors'],
  podHash: 'green',
  attempt: 1,
  strategy: 'canary',
  images: [],
  outcome: 'aborted',
  people: [],
  emergency: false,
  gaps: false,
};

const valueOf = (change: Partial<ReleaseSummary>, column: string) => {
  const index = CSV_HEADER.trim().split(',').indexOf(column);
  return csvLine({ ...release, ...change })
    .trim()
    .split(',')[index];
};

it('has a cell for each column', () => {
  expect(csvLine(release).split(',')).toHaveLength(
    CSV_HEADER.split(',').length,
  );
  expect(valueOf({}, 'rollout')).toBe('colors');
});

it.each([
  ['a quote', 'so "slow"', '"so ""slow"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['what a spreadsheet takes for a formula', '=1+1', "'=1+1"],
  ['another of those', '@SUM(A1)', "'@SUM(A1)"],
  ['one that begins with a sign', '-2+3', "'-2+3"],
  ['one that begins with the other', '+1+1', "'+1+1"],
  ['one after a tab', '\t=1', "'\t=1"],
])('is safe with %s', (_, reason, cell) => {
  expect(valueOf({ reason }, 'reason')).toBe(cell);
});
