import { element, label, round } from './element';

/** A part of the picture with an axis of its own. */
export interface Panel {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The greatest value; 0 is at the bottom. */
  max: number;
}

export function placeOf({ top, bottom, max }: Panel, value: number): number {
  return bottom - (max === 0 ? 0 : (value / max) * (bottom - top));
}

/** A line that keeps its value until the next change. */
export function stairs(
  panel: Panel,
  points: { x: number; value: number }[],
  end: number,
): string {
  const [first] = points;
  if (!first) return '';
  const parts = [`M${round(first.x)} ${round(placeOf(panel, first.value))}`];
  for (const { x, value } of points.slice(1)) {
    parts.push(`H${round(x)}`, `V${round(placeOf(panel, value))}`);
  }
  parts.push(`H${round(end)}`);
  return parts.join('');
}

/** What lies between such a line and the bottom. */
export function areaBelow(
  panel: Panel,
  points: { x: number; value: number }[],
  end: number,
): string {
  const line = stairs(panel, points, end);
  const start = points[0]?.x ?? panel.left;
  return line && `${line}V${round(panel.bottom)}H${round(start)}Z`;
}

/** Horizontal lines with their values beside them. */
export function grid(
  panel: Panel,
  values: number[],
  text: (value: number) => string,
): string {
  return values
    .map(value => {
      const y = placeOf(panel, value);
      return (
        element('line', {
          class: 'grid',
          x1: panel.left,
          x2: panel.right,
          y1: y,
          y2: y,
        }) +
        label(panel.left - 8, y + 4, text(value), {
          class: 'faint',
          'text-anchor': 'end',
        })
      );
    })
    .join('');
}
