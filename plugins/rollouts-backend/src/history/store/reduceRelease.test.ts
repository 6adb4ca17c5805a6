import type { HistoryFact } from '../facts/HistoryFact';
import { NOW, ended, started } from '../__testUtils__/facts';
import type { ReleaseRecord } from './ReleaseRecord';
import { reduceRelease } from './reduceRelease';

function restored(data: { observed?: false }): HistoryFact {
  return {
    releaseId: 'a',
    kind: 'restored',
    key: 'a/restored/0',
    at: NOW + 9_000,
    data,
  };
}

function summaryOf(...facts: HistoryFact[]) {
  return facts.reduce<ReleaseRecord | undefined>(reduceRelease, undefined)
    ?.summary;
}

describe('when stable had everybody again', () => {
  const aborted = [
    started('a', NOW),
    ended('a', NOW + 5_000, { outcome: 'aborted' }),
  ];

  it('is known where somebody saw it', () => {
    expect(summaryOf(...aborted, restored({}))).toMatchObject({
      outcome: 'aborted',
      restoredAt: new Date(NOW + 9_000).toISOString(),
    });
  });

  it('is not known where nobody did', () => {
    expect(
      summaryOf(...aborted, restored({ observed: false }))?.restoredAt,
    ).toBeUndefined();
  });
});

it('takes nothing for a release that has not begun', () => {
  expect(summaryOf(ended('a', NOW), restored({}))).toBeUndefined();
});
