import { percent } from '../../../explain/words';
import { clockText } from '../../timeline/clockText';
import type { Timeline } from '../../timeline/timeline';
import { element, hint, label } from './element';
import { placeOf, type Panel } from './panel';
import type { TimeScale } from './timeScale';

/** The value of every level that is wide enough to carry it. */
export function plateaus(
  panel: Panel,
  points: { x: number; value: number }[],
): string {
  const levels = points.filter(
    ({ value }, i) => i === 0 || value !== points[i - 1]?.value,
  );
  return levels
    .map(({ x, value }, i) => {
      const width = (levels[i + 1]?.x ?? panel.right) - x;
      const text = percent(value);
      if (value === 0 || width < text.length * 7 + 6) return '';
      const y = placeOf(panel, value) + (value > 85 ? 16 : -6);
      return label(x + 6, y, text, { class: 'level' });
    })
    .join('');
}

/** Times at the bottom, as many as there is room for. */
export function axis(times: number[], scale: TimeScale, y: number): string {
  let last = -Infinity;
  return times
    .map(time => {
      const x = scale.x(time);
      if (x - last < 52) return '';
      last = x;
      return (
        element('line', { class: 'grid', x1: x, x2: x, y1: y, y2: y + 4 }) +
        label(x, y + 17, clockText(time), {
          class: 'faint',
          'text-anchor': 'middle',
        })
      );
    })
    .join('');
}

/** Lines across the picture where it is decided, and dots where a person acts. */
export function marks(
  { events }: Timeline,
  scale: TimeScale,
  top: number,
  bottom: number,
): string {
  return events
    .map(({ kind, at, text }) => {
      const x = scale.x(at);
      if (kind === 'person') {
        const points = `${x - 5},${top - 11} ${x + 5},${top - 11} ${x},${top - 3}`;
        return element('polygon', { class: 'person', points }, hint(text));
      }
      if (kind !== 'promoted' && kind !== 'aborted' && kind !== 'degraded') {
        return '';
      }
      return element(
        'line',
        { class: kind, x1: x, x2: x, y1: top, y2: bottom },
        hint(text),
      );
    })
    .join('');
}

/** What a colour means. */
export interface Key {
  className: string;
  text: string;
}

export function legend(keys: Key[], left: number, y: number): string {
  let x = left;
  return keys
    .map(({ className, text }) => {
      const at = x;
      x += 24 + text.length * 6.4;
      return (
        element('rect', {
          class: className,
          x: at,
          y: y - 9,
          width: 10,
          height: 10,
          rx: 2,
        }) + label(at + 15, y, text, { class: 'faint' })
      );
    })
    .join('');
}
