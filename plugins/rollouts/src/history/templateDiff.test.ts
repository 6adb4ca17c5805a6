import { templateDiff } from './templateDiff';

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
const long = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);

describe('templateDiff', () => {
  it('numbers both sides and leaves the unchanged out', () => {
    const { blocks, skippedAtEnd } = templateDiff(
      lines(...long),
      lines(...long.with(9, 'changed')),
    );

    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.skipped).toBe(6);
    expect(blocks[0]?.lines.map(({ kind }) => kind)).toEqual([
      'same',
      'same',
      'same',
      'removed',
      'added',
      'same',
      'same',
      'same',
    ]);
    expect(blocks[0]?.lines[3]).toEqual({
      kind: 'removed',
      text: 'line 10',
      from: 10,
    });
    expect(blocks[0]?.lines[4]).toEqual({
      kind: 'added',
      text: 'changed',
      to: 10,
    });
    expect(skippedAtEnd).toBe(7);
  });

  it('is empty for the same', () => {
    expect(templateDiff(lines('a'), lines('a'))).toEqual({
      blocks: [],
      skippedAtEnd: 0,
    });
  });
});
