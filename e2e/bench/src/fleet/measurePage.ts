import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../chromium';
import type { Measurement } from '../measurement';
import { FleetSite } from './fleetSite';
import { quantile } from './requestTimes';

const LOADS = 5;
const FRAMES = 240;
/** Pixels a frame: at 60 frames a second some 70 rows a second go by. */
const PIXELS_A_FRAME = 68;
const WORDS = ['service-42', 'team-7', 'system-3', 'nothing', '99', ''];

/** The page in a browser: first rows, filters, and frames while scrolling. */
export async function measurePage(portal: {
  port: number;
  authorization: string;
}): Promise<Measurement[]> {
  const site = await FleetSite.open(portal);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    const firstRows: number[] = [];
    for (let load = 0; load < LOADS; load++) {
      firstRows.push(await timeToFirstRow(page, site.address));
    }
    // The first load compiles the app; people come back to it.
    firstRows.sort((a, b) => a - b);
    await page.waitForFunction(
      () => document.querySelector('[role=grid][data-complete]') !== null,
      undefined,
      { timeout: 60_000 },
    );
    const filters = await timesOfFilters(page);
    const frames = await framesWhileScrolling(page);
    return [
      {
        what: 'fleet page: first rows after the page is asked for, median',
        value: quantile(firstRows, 0.5),
        unit: 'ms',
        budget: 1000,
        note: 'the app itself from the cache',
      },
      {
        what: 'fleet page: a filter, from the key to the drawn rows, longest',
        value: Math.max(...filters),
        unit: 'ms',
        budget: 100,
      },
      {
        what: 'fleet page: milliseconds of script, style and layout a frame while scrolling',
        value: frames.work,
        unit: 'ms',
        budget: 1000 / 60,
      },
      {
        what: 'fleet page: time between frames while scrolling, median',
        value: quantile(frames.deltas, 0.5),
        unit: 'ms',
        budget: 17,
        note: `p95 ${quantile(frames.deltas, 0.95).toFixed(1)} ms`,
      },
    ];
  } finally {
    await browser.close();
    site.close();
  }
}

/** From the navigation to the frame with the first row in it. */
async function timeToFirstRow(page: Page, address: string): Promise<number> {
  await page.goto(`${address}/?fleet=server`, { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const look = () =>
          document.querySelector('[role=grid] [role=rowheader]')
            ? resolve(performance.now())
            : requestAnimationFrame(look);
        look();
      }),
  );
}

/** From the input event to the frame after the count of rows was another. */
async function timesOfFilters(page: Page): Promise<number[]> {
  const times: number[] = [];
  const field = page.getByRole('searchbox');
  for (const word of WORDS) {
    const taken = page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const input = document.querySelector('input[type=search]')!;
          input.addEventListener(
            'input',
            () => {
              const begun = performance.now();
              // Two frames: the rows are drawn in the first, seen in the second.
              requestAnimationFrame(() =>
                requestAnimationFrame(() => resolve(performance.now() - begun)),
              );
            },
            { once: true },
          );
        }),
    );
    await field.fill(word);
    times.push(await taken);
  }
  return times;
}

async function framesWhileScrolling(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const work = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) =>
      metrics.find(metric => metric.name === name)?.value ?? 0;
    return (
      (of('ScriptDuration') +
        of('LayoutDuration') +
        of('RecalcStyleDuration')) *
      1000
    );
  };
  const before = await work();
  const deltas = await page.evaluate(
    ([frames, pixels]) =>
      new Promise<number[]>(resolve => {
        const grid = document.querySelector('[role=grid]')!;
        const seen: number[] = [];
        let last = performance.now();
        const step = (now: number) => {
          seen.push(now - last);
          last = now;
          if (seen.length > frames!) {
            resolve(seen.slice(1));
            return;
          }
          grid.scrollTop += pixels!;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    [FRAMES, PIXELS_A_FRAME],
  );
  return {
    deltas: deltas.sort((a, b) => a - b),
    work: ((await work()) - before) / FRAMES,
  };
}
