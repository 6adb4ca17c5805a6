// Takes pictures of every state: `yarn screenshots [--out DIR] [--only STATE,…] [--all]`.
// Without --all only those that the documentation has: docs/images/.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  FLEET_STATE_NAMES,
  fleetSearch,
} from '../src/__fixtures__/fleetStateNames.ts';
import {
  APPROVAL_STATE_NAMES,
  DIALOG_STATE_NAMES,
  HISTORY_STATE_NAMES,
  STATE_NAMES,
} from '../src/__fixtures__/stateNames.ts';
import { STRATEGY_STATE_NAMES } from '../src/__fixtures__/strategyFieldStateNames.ts';
import { HISTORY_ADDRESSES } from '../src/__fixtures__/historyAddresses.ts';
import { bundleHarness } from './bundle.mjs';

const THEMES = ['light', 'dark'];
const WIDTHS = [1440, 800];
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const documentation = fileURLToPath(
  new URL('../../../docs/images', import.meta.url),
);
const out = values.out ?? documentation;
const only = values.only?.split(',');
const wanted = names => names.filter(name => !only || only.includes(name));
const shown = new Set(await readdir(documentation));
const isAsked = name => values.all || shown.has(`${name}.png`);
const looks = THEMES.flatMap(theme => WIDTHS.map(width => ({ theme, width })));

/** `card-paused`, but `history-gap` once. */
const nameOf = (state, view) =>
  view === 'history' ? state : `${view}-${state}`;

const site = await mkdtemp(join(tmpdir(), 'rollout-states-'));
await bundleHarness(site);
await mkdir(out, { recursive: true });
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = join(site, extname(pathname) ? pathname : 'index.html');
  try {
    const body = await readFile(file);
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'text/plain');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(0, '127.0.0.1');
await new Promise(resolve => server.once('listening', resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  existsSync,
);
const browser = await chromium.launch({
  executablePath: installed,
  args: FLAGS,
});

async function take({ search, state, theme, width, name, ready, dialog }) {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  page.on('pageerror', error => process.stderr.write(`${state}: ${error}\n`));
  await page.addInitScript(
    chosen => window.localStorage.setItem('theme', chosen),
    theme,
  );
  await page.goto(`${base}/?${search}`);
  const shot = page.locator(dialog ?? `[data-shot="${state}"]`);
  await shot.waitFor();
  await page
    .locator(ready)
    .first()
    .waitFor({ timeout: 5000 })
    .catch(() => undefined);
  await page.waitForTimeout(300);
  // A dialog is judged by where it stands on the page.
  await (dialog ? page : shot).screenshot({
    timeout: 5000,
    path: join(out, `${name}.png`),
    animations: 'disabled',
  });
  await page.close();
}

/** What to open and to wait for, for each state; a name goes before its look. */
function states() {
  const rollout = (state, view) => ({
    state,
    name: nameOf(state, view),
    search: [`state=${state}&view=${view}`, HISTORY_ADDRESSES[state]]
      .filter(Boolean)
      .join('&'),
    ready: '[data-shot] [data-ready], [data-shot] [aria-busy], [data-shot] h3',
  });
  return [
    ...wanted([...STATE_NAMES, ...APPROVAL_STATE_NAMES]).flatMap(state => [
      rollout(state, 'card'),
      rollout(state, 'tab'),
    ]),
    ...wanted(HISTORY_STATE_NAMES).map(state => rollout(state, 'history')),
    ...wanted(FLEET_STATE_NAMES).map(state => ({
      state,
      name: state,
      search: `fleet=${state}&${fleetSearch(state)}`,
      ready:
        '[data-shot] [role=grid], [data-shot] [role=alert], [data-shot] h2',
    })),
    ...wanted(DIALOG_STATE_NAMES).map(state => ({
      state,
      name: state,
      search: `dialog=${state}`,
      dialog: '[role=dialog]',
      ready: '[role=dialog] h3',
    })),
    ...wanted(STRATEGY_STATE_NAMES).map(state => ({
      state,
      name: state,
      search: `strategy=${state}`,
      ready: '[data-shot] svg[role=img], [data-shot] [role=alert]',
    })),
  ];
}

try {
  for (const each of states()) {
    for (const { theme, width } of looks) {
      const name = `${each.name}-${theme}-${width}`;
      if (isAsked(name)) await take({ ...each, theme, width, name });
    }
  }
} finally {
  await browser.close();
  server.close();
  await rm(site, { recursive: true, force: true });
}
