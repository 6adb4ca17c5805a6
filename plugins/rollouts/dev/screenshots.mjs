// Takes pictures of every state: `yarn screenshots [--out DIR] [--only STATE,…] [--all]`.
// Without --all only those that the documentation uses.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
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
  HISTORY_STATE_NAMES,
  STATE_NAMES,
} from '../src/__fixtures__/stateNames.ts';
import { STRATEGY_STATE_NAMES } from '../src/__fixtures__/strategyFieldStateNames.ts';
import { HISTORY_ADDRESSES } from '../src/__fixtures__/historyAddresses.ts';
import { bundleHarness } from './bundle.mjs';

/** Tabs that the documentation shows; cards are shown in every state. */
const TABS = ['paused', 'analysing', 'rolled-back', 'degraded'];
/** Of approvals and of the history, those that the documentation shows as tabs. */
const APPROVALS = ['approval-asked', 'approval-partly', 'frozen'];
const HISTORIES = ['history', 'history-release', 'history-rolled-back'];
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
const out =
  values.out ?? fileURLToPath(new URL('../../../docs/images', import.meta.url));
const only = values.only?.split(',');
const wanted = names => names.filter(name => !only || only.includes(name));
const fleetStates = FLEET_STATE_NAMES.filter(
  name => only?.includes(name) ?? true,
);
/** States of the fleet that the documentation shows in every theme and width. */
const FLEET_SHOWN = ['fleet', 'fleet-filtered'];

/** [state, theme, width] of each picture of the fleet. */
function fleetPictures() {
  return fleetStates.flatMap(state =>
    THEMES.flatMap(theme =>
      WIDTHS.flatMap(width => {
        const inDocs =
          FLEET_SHOWN.includes(state) ||
          (state !== 'fleet-large' && theme === 'light' && width === 1440);
        return values.all || inDocs ? [[state, theme, width]] : [];
      }),
    ),
  );
}

/** [state, theme, width] of each picture of the form field. */
function strategyPictures() {
  return wanted(STRATEGY_STATE_NAMES).flatMap(state =>
    THEMES.flatMap(theme =>
      WIDTHS.flatMap(width => {
        const inDocs =
          width === 1440 &&
          (state === 'strategy' ||
            (state === 'strategy-dark-canary' && theme === 'light'));
        return values.all || inDocs ? [[state, theme, width]] : [];
      }),
    ),
  );
}

/** [state, view, theme, width] of each picture. */
function pictures() {
  const each = (state, view, inDocs) =>
    THEMES.flatMap(theme =>
      WIDTHS.flatMap(width =>
        values.all || inDocs(theme, width) ? [[state, view, theme, width]] : [],
      ),
    );
  return [
    ...wanted(STATE_NAMES).flatMap(state => [
      ...each(
        state,
        'card',
        (theme, width) =>
          width === 800 && (theme === 'light' || TABS.includes(state)),
      ),
      ...each(
        state,
        'tab',
        (theme, width) =>
          TABS.includes(state) && (width === 1440 || theme === 'light'),
      ),
    ]),
    ...wanted(APPROVAL_STATE_NAMES).flatMap(state => [
      ...each(
        state,
        'card',
        (theme, width) =>
          width === 800 && (theme === 'light' || APPROVALS.includes(state)),
      ),
      ...each(
        state,
        'tab',
        (theme, width) =>
          APPROVALS.includes(state) && (width === 1440 || theme === 'light'),
      ),
    ]),
    ...wanted(HISTORY_STATE_NAMES).flatMap(state =>
      each(
        state,
        'history',
        (theme, width) =>
          HISTORIES.includes(state) && (width === 1440 || theme === 'light'),
      ),
    ),
  ];
}

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

async function take({ search, state, theme, width, name, ready }) {
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
  const shot = page.locator(`[data-shot="${state}"]`);
  await shot.waitFor();
  await page
    .locator(ready)
    .first()
    .waitFor({ timeout: 5000 })
    .catch(() => undefined);
  await page.waitForTimeout(300);
  await shot.screenshot({
    timeout: 5000,
    path: join(out, `${name}.png`),
    animations: 'disabled',
  });
  await page.close();
}

try {
  for (const [state, view, theme, width] of pictures()) {
    await take({
      search: [`state=${state}&view=${view}`, HISTORY_ADDRESSES[state]]
        .filter(Boolean)
        .join('&'),
      state,
      theme,
      width,
      name: `${nameOf(state, view)}-${theme}-${width}`,
      ready:
        '[data-shot] [data-ready], [data-shot] [aria-busy], [data-shot] h3',
    });
  }
  for (const [state, theme, width] of fleetPictures()) {
    await take({
      search: `fleet=${state}&${fleetSearch(state)}`,
      state,
      theme,
      width,
      name: `${state}-${theme}-${width}`,
      ready:
        '[data-shot] [role=grid], [data-shot] [role=alert], [data-shot] h2',
    });
  }
  for (const [state, theme, width] of strategyPictures()) {
    await take({
      search: `strategy=${state}`,
      state,
      theme,
      width,
      name: `${state}-${theme}-${width}`,
      ready: '[data-shot] svg[role=img], [data-shot] [role=alert]',
    });
  }
} finally {
  await browser.close();
  server.close();
  await rm(site, { recursive: true, force: true });
}
