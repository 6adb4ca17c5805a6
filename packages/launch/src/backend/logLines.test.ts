import { lineSplitter, noteworthy } from './logLines';

describe('lineSplitter', () => {
  it('joins what arrives in pieces and drops colours', () => {
    const lines: string[] = [];
    const splitter = lineSplitter(line => lines.push(line));

    splitter.push('\u001b[32mone\u001b[39m\ntw');
    splitter.push('o\nthree');
    splitter.end();

    expect(lines).toEqual(['one', 'two', 'three']);
  });
});

describe('noteworthy', () => {
  it('shows warnings and errors, with who says it', () => {
    expect(
      noteworthy('2026-01-01T00:00:00.000Z catalog warn No such file '),
    ).toBe('warn: catalog: No such file');
  });

  it.each([
    '2026-01-01T00:00:00.000Z catalog info warn is only a word here',
    '    at stack (trace.js:1:1)',
    '',
  ])('leaves %j to the log file', line => {
    expect(noteworthy(line)).toBeUndefined();
  });
});
