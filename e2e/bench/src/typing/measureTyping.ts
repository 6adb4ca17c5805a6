import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { buildSync } from 'esbuild';
import { CHROMIUM_FLAGS, findChromium } from '../chromium';
import { quantile } from '../fleet/requestTimes';
import type { Measurement } from '../measurement';
import { typeStrategy } from './typeStrategy';

/** A picture that follows the keys is there with the next frame; of the design. */
const BUDGET = 16;
const WARM_UP = 40;
const KEYS = 200;

/** What a form takes after each key to lint, simulate and draw a canary of eight steps. */
export async function measureTyping(): Promise<Measurement[]> {
  typeStrategy(WARM_UP);
  const own = rowsOf('Node.js', typeStrategy(KEYS));
  return [...own, ...rowsOf('Chromium', await inChromium())];
}

function rowsOf(where: string, times: number[]): Measurement[] {
  const sorted = [...times].sort((a, b) => a - b);
  return [
    {
      what: `a key in the strategy field, in ${where}: 95th percentile`,
      value: quantile(sorted, 0.95),
      unit: 'ms',
      budget: BUDGET,
      note: `lint, simulation and picture; median ${quantile(sorted, 0.5).toFixed(1)} ms of ${times.length} after ${WARM_UP}`,
    },
  ];
}

async function inChromium(): Promise<number[]> {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'typeStrategy.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'typing',
    platform: 'browser',
    logLevel: 'silent',
  });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    return await page.evaluate(
      `typing.typeStrategy(${WARM_UP}), typing.typeStrategy(${KEYS})`,
    );
  } finally {
    await browser.close();
  }
}
