import fc from 'fast-check';
import { collapseSteps, MOST_STEPS, type StepSegment } from './collapseSteps';

const draw = (segments: StepSegment[]) =>
  segments
    .map(s => (s.kind === 'step' ? String(s.index) : `(${s.count})`))
    .join(' ');

describe('collapseSteps', () => {
  it('draws up to twelve steps as they are', () => {
    expect(draw(collapseSteps(12, 5))).toBe('0 1 2 3 4 5 6 7 8 9 10 11');
  });

  it('keeps the beginning when the current step is near it', () => {
    expect(draw(collapseSteps(20, 1))).toBe('0 1 2 3 4 5 6 7 8 (10) 19');
  });

  it('keeps a window around the current step in the middle', () => {
    expect(draw(collapseSteps(30, 15))).toBe(
      '0 (11) 12 13 14 15 16 17 18 19 (9) 29',
    );
  });

  it('keeps the end when done', () => {
    expect(draw(collapseSteps(20, 20))).toBe(
      '0 (10) 11 12 13 14 15 16 17 18 19',
    );
  });

  it('always shows the current step, covers every step once, and fits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        (count, at) => {
          const current = Math.min(at, count);
          const segments = collapseSteps(count, current);
          const covered = segments.flatMap(s =>
            s.kind === 'step'
              ? [s.index]
              : Array.from({ length: s.count }, (_, i) => s.from + i),
          );
          expect(covered).toEqual(Array.from({ length: count }, (_, i) => i));
          expect(segments.length).toBeLessThanOrEqual(MOST_STEPS);
          const drawn = segments.filter(s => s.kind === 'step');
          expect(drawn.some(s => s.index === current)).toBe(current < count);
          for (const segment of segments) {
            expect(segment.kind === 'gap' && segment.count < 2).toBe(false);
          }
        },
      ),
    );
  });
});
