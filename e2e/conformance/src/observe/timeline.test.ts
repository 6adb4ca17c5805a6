import { Timeline } from './timeline';

/** `a:100 b:50 c`: each value and how long it stays. */
function told(text: string, patience?: number, isCount?: boolean) {
  const timeline = new Timeline();
  let at = 0;
  for (const word of text.split(' ')) {
    const [value, milliseconds = '0'] = word.split(':');
    timeline.record(value!, at, patience, isCount);
    at += Number(milliseconds);
  }
  return timeline
    .phases()
    .map(({ value, brief }) => `${value}${brief ? '?' : ''}`)
    .join(' ');
}

describe('a timeline', () => {
  it('collapses repeats', () => {
    expect(told('a:600 a:600 b')).toBe('a b');
  });

  it('marks what was brief, except the last', () => {
    expect(told('a:600 b:100 c')).toBe('a b? c');
  });

  it('has patience as it is told', () => {
    expect(told('a:600 b:2000 c', 1000)).toBe('a? b c');
  });

  it('has the least patience that a value was recorded with', () => {
    const timeline = new Timeline();
    timeline.record('a', 0, Infinity);
    timeline.record('a', 100, 500);
    timeline.record('b', 1000);
    expect(timeline.phases()[0]).toEqual({ value: 'a', brief: false });
  });

  it('takes a count on its way for brief', () => {
    const counts = '0:900 1:900 2:900 4:900 3:900 4';
    expect(told(counts, undefined, true)).toBe('0? 1? 2? 4 3 4');
    expect(told(counts)).toBe('0 1 2 4 3 4');
  });

  it('counts up to the end that is no number', () => {
    const timeline = new Timeline();
    [4, 2, 0].forEach((count, index) =>
      timeline.record(`${count}`, index * 1000, undefined, true),
    );
    timeline.record('deleted', 3000);
    expect(timeline.phases().map(({ brief }) => brief)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('takes nothing for brief that was there at rest', () => {
    const timeline = new Timeline();
    ['1', '2', '1', '2', '4'].forEach((count, index) => {
      timeline.record(count, index * 100, 1200, true);
      if (index > 0) timeline.rest();
    });
    expect(
      timeline
        .phases()
        .map(({ value, brief }) => `${value}${brief ? '?' : ''}`),
    ).toEqual(['1?', '2', '1', '2', '4']);
  });

  it('keeps words that may pass brief, also at rest', () => {
    const timeline = new Timeline();
    timeline.record('waiting', 0, Infinity);
    timeline.rest();
    timeline.record('done', 5000);
    expect(timeline.phases()[0]).toEqual({ value: 'waiting', brief: true });
  });

  it('tells a flicker once', () => {
    expect(told('a:600 b:10 a:10 b:10 a:10 b:10 a:600 c')).toBe('a b? a c');
  });

  it('tells that what stood before came back, however briefly', () => {
    expect(told('a:600 b:10 a:10 b:10 a:10 c')).toBe('a b? a? c');
  });

  it('applies new names before collapsing', () => {
    const timeline = new Timeline();
    timeline.record('hash1', 0);
    timeline.record('hash2', 1000);
    expect(timeline.phases(value => value.slice(0, 4))).toEqual([
      { value: 'hash', brief: false },
    ]);
  });
});
