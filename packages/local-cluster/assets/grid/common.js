/* What both pages know: colours, numbers, and how a share is drawn. */
const COLORS = [
  'blue',
  'green',
  'yellow',
  'orange',
  'purple',
  'red',
  'slow',
  'gray',
  'none',
];
export const WORDS = { none: 'nobody', gray: 'other image' };

export const byId = id => document.getElementById(id);
export const paint = color =>
  color === 'none' ? 'transparent' : `var(--${color})`;
const rank = color => COLORS.indexOf(color) + 1 || COLORS.length;
export const known = color => (COLORS.includes(color) ? color : 'gray');

export function percent(part, whole) {
  if (whole === 0) return '–';
  const exact = (part / whole) * 100;
  if (exact > 0 && exact < 0.05) return '< 0.1 %';
  const rounded =
    exact >= 10 || exact === 0 ? exact.toFixed(0) : exact.toFixed(1);
  return `${rounded} %`;
}

export function element(name, className, text) {
  const created = document.createElement(name);
  if (className) created.className = className;
  if (text !== undefined) created.textContent = text;
  return created;
}

export const sorted = byColor =>
  Object.entries(byColor).sort(([a], [b]) => rank(a) - rank(b));

/* Bars keep their elements, so that a changed share glides. */
export function drawBar(bar, byColor, total) {
  const parts = new Map(
    [...bar.children].map(part => [part.dataset.color, part]),
  );
  for (const [color, count] of sorted(byColor)) {
    const part = parts.get(color) ?? element('span');
    parts.delete(color);
    part.dataset.color = color;
    part.style.setProperty('--of', paint(color));
    part.style.width = `${(count / total) * 100}%`;
    bar.append(part);
  }
  for (const part of parts.values()) part.remove();
}

export async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store' });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

export function notice(text) {
  byId('notice').textContent = text;
  byId('notice').classList.toggle('hidden', text === '');
}
