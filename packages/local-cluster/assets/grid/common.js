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
const WORDS = { none: 'nobody', gray: 'other image' };

const byId = id => document.getElementById(id);
const paint = color => (color === 'none' ? 'transparent' : `var(--${color})`);
const rank = color => COLORS.indexOf(color) + 1 || COLORS.length;
const known = color => (COLORS.includes(color) ? color : 'gray');

function percent(part, whole) {
  if (whole === 0) return '–';
  const exact = (part / whole) * 100;
  const rounded =
    exact >= 10 || exact === 0 ? exact.toFixed(0) : exact.toFixed(1);
  return `${rounded} %`;
}

function element(name, className, text) {
  const created = document.createElement(name);
  if (className) created.className = className;
  if (text !== undefined) created.textContent = text;
  return created;
}

const sorted = byColor =>
  Object.entries(byColor).sort(([a], [b]) => rank(a) - rank(b));

/* Bars keep their elements, so that a changed share glides. */
function drawBar(bar, byColor, total) {
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

async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store' });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

function notice(text) {
  byId('notice').textContent = text;
  byId('notice').classList.toggle('hidden', text === '');
}
