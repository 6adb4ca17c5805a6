import {
  byId,
  drawBar,
  element,
  getJson,
  known,
  notice,
  paint,
  percent,
  sorted,
  WORDS,
} from './common.js';

/* 18 rows of 24, or 24 of 18 on a phone: full rows at every width. */
const SQUARES = 432;
const MOST_UNDER_WAY = 40;
const HISTORY_SECONDS = 120;

const [, , namespace, name] = location.pathname
  .split('/')
  .map(decodeURIComponent);
const route = `namespace=${encodeURIComponent(namespace)}&name=${encodeURIComponent(name)}`;
document.title = `${name} · live requests`;
byId('title').textContent = name;
byId('where').textContent = `in ${namespace}`;

const grid = byId('grid');
const squares = Array.from({ length: SQUARES }, () => element('div', 'square'));
grid.append(...squares);

/* What each square shows: { color, error } once its request is answered. */
const shown = new Array(SQUARES);
let head = 0;
let second = {};
const history = [];
let paused = false;
let underWay = 0;
let lastSequence = 0;
let failing = '';

function take() {
  const index = head;
  head = (head + 1) % SQUARES;
  return index;
}

function place(index, color, error) {
  const square = squares[index];
  square.classList.remove('fresh', 'pending', 'error');
  square.dataset.color = color;
  square.style.setProperty('--of', paint(color));
  square.classList.toggle('error', error);
  // Asking for its size makes the animation start anew.
  void square.offsetWidth;
  square.classList.add('fresh');
  shown[index] = { color, error };
  second[color] = (second[color] ?? 0) + 1;
}

async function ask() {
  if (underWay >= MOST_UNDER_WAY) return;
  underWay++;
  const index = take();
  const square = squares[index];
  delete square.dataset.color;
  square.classList.remove('fresh', 'error');
  square.classList.add('pending');
  shown[index] = undefined;
  try {
    const response = await fetch(`/${namespace}/${name}/`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.json().catch(() => ({}));
    if (response.status === 404 && !body.color)
      failing = body.error ?? 'not found';
    else failing = response.status === 503 ? (body.error ?? '') : '';
    place(
      index,
      body.color ? known(body.color) : 'none',
      response.status >= 500,
    );
  } catch {
    failing =
      'The gateway does not answer. Is the local cluster still running?';
    place(index, 'none', true);
  } finally {
    underWay--;
  }
}

async function watchAll() {
  const first = lastSequence === 0;
  const { requests } = await getJson(
    `/api/requests?${route}&after=${lastSequence}`,
  );
  lastSequence = requests.at(-1)?.sequence ?? lastSequence;
  for (const { color, status } of first
    ? requests.slice(-SQUARES / 2)
    : requests) {
    place(take(), color === '' ? 'none' : known(color), status >= 500);
  }
}

/* ---- numbers ---- */

function shareRows(body, byColor, total, errors) {
  const rows = sorted(byColor).map(([color, count]) => {
    const row = element('tr');
    const label = element('th');
    label.scope = 'row';
    const swatch = element('span', 'swatch square');
    swatch.dataset.color = color;
    swatch.style.setProperty('--of', paint(color));
    label.append(swatch, WORDS[color] ?? color);
    row.append(
      label,
      element('td', '', String(count)),
      element('td', 'share', percent(count, total)),
    );
    return row;
  });
  const wrong = element('tr', errors > 0 ? 'bad' : '');
  const label = element('th', '', 'errors');
  label.scope = 'row';
  wrong.append(
    label,
    element('td', '', String(errors)),
    element('td', 'share', percent(errors, total)),
  );
  body.replaceChildren(...rows, wrong);
}

let spokenBefore = '';
function drawShares() {
  const answered = shown.filter(Boolean);
  const byColor = {};
  for (const { color } of answered) byColor[color] = (byColor[color] ?? 0) + 1;
  const errors = answered.filter(one => one.error).length;
  drawBar(byId('bar'), byColor, answered.length);
  shareRows(byId('shares'), byColor, answered.length, errors);
  const summary = sorted(byColor)
    .map(
      ([color, count]) =>
        `${WORDS[color] ?? color} ${percent(count, answered.length)}`,
    )
    .concat(`errors ${percent(errors, answered.length)}`)
    .join(', ');
  grid.setAttribute(
    'aria-label',
    `The last ${answered.length} requests: ${summary}`,
  );
  // Spoken only when somebody new answers, or errors begin or end.
  const news = `${Object.keys(byColor).sort()}${errors > 0}`;
  if (news !== spokenBefore) byId('spoken').textContent = summary;
  spokenBefore = news;
  notice(failing);
}

function drawStrip() {
  const strip = byId('strip');
  const ratio = window.devicePixelRatio || 1;
  strip.width = strip.clientWidth * ratio;
  strip.height = strip.clientHeight * ratio;
  const pen = strip.getContext('2d');
  const style = getComputedStyle(document.documentElement);
  const width = strip.width / HISTORY_SECONDS;
  history.forEach((counts, n) => {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const x = strip.width - (history.length - n) * width;
    let y = strip.height;
    for (const [color, count] of sorted(counts)) {
      const height = (count / total) * strip.height;
      y -= height;
      pen.fillStyle = style.getPropertyValue(
        color === 'none' ? '--danger' : `--${color}`,
      );
      pen.fillRect(x, y, width + 0.5, height);
    }
  });
}

async function drawTraffic() {
  const counts = await getJson(`/api/counts?${route}&window=60`);
  shareRows(byId('traffic'), counts.byColor, counts.total, counts.errors);
}

/* ---- controls ---- */

const rate = byId('rate');
const source = byId('source');
rate.addEventListener('input', () => {
  byId('rate-shown').textContent = `${rate.value} / s`;
});
source.addEventListener('change', () => {
  byId('rate-label').classList.toggle('hidden', source.value === 'all');
  lastSequence = 0;
});
byId('pause').addEventListener('click', event => {
  paused = !paused;
  event.currentTarget.setAttribute('aria-pressed', String(paused));
  event.currentTarget.textContent = paused ? 'Resume' : 'Pause';
});

/* ---- the clockwork ---- */

let owed = 0;
let last = performance.now();
function tick(now) {
  owed += (Math.min(now - last, 500) / 1000) * Number(rate.value);
  last = now;
  if (paused || source.value !== 'own') owed = 0;
  for (; owed >= 1; owed--) ask();
  requestAnimationFrame(tick);
}
requestAnimationFrame(tick);

const every = (milliseconds, act) =>
  setInterval(() => {
    Promise.resolve()
      .then(act)
      .catch(error => notice(error.message));
  }, milliseconds);
every(250, () => (source.value === 'all' && !paused ? watchAll() : undefined));
every(250, drawShares);
every(1000, () => {
  if (paused) return;
  history.push(second);
  second = {};
  if (history.length > HISTORY_SECONDS) history.shift();
  drawStrip();
});
every(2000, drawTraffic);
drawTraffic().catch(error => notice(error.message));
