import {
  byId,
  drawBar,
  element,
  getJson,
  notice,
  percent,
  sorted,
  WORDS,
} from './common.js';

const routes = byId('routes');
const rows = new Map();

function rowOf({ namespace, name, hosts }) {
  const row = element('li');
  const title = element('div');
  const link = element('a', '', name);
  link.href = `/grid/${namespace}/${name}`;
  title.append(link, element('small', '', [namespace, ...hosts].join(' · ')));
  const bar = element('div', 'bar');
  const numbers = element('div', 'numbers');
  row.append(title, bar, numbers);
  routes.append(row);
  return { row, bar, numbers };
}

function draw(route) {
  const key = `${route.namespace}/${route.name}`;
  const { bar, numbers } = rows.get(key) ?? rowOf(route);
  if (!rows.has(key)) rows.set(key, { row: bar.parentElement, bar, numbers });
  const { total, errors, byColor } = route.counts;
  drawBar(bar, byColor, total);
  const shares = sorted(byColor)
    .map(
      ([color, count]) => `${WORDS[color] ?? color} ${percent(count, total)}`,
    )
    .join(', ');
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label', shares || 'no requests');
  numbers.textContent =
    total === 0
      ? 'no requests'
      : `${(total / 60).toFixed(0)} / s · ${percent(errors, total)} errors`;
  return key;
}

async function refresh() {
  try {
    const answer = await getJson('/api/routes');
    const present = new Set(answer.routes.map(draw));
    for (const [key, { row }] of rows) {
      if (present.has(key)) continue;
      row.remove();
      rows.delete(key);
    }
    notice(
      answer.routes.length === 0
        ? 'No VirtualService and no service yet. Create one and it appears here.'
        : '',
    );
  } catch {
    notice('The gateway does not answer. Is the local cluster still running?');
  }
}

refresh();
setInterval(refresh, 2000);
