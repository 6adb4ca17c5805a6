import { existsSync } from 'node:fs';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** How a browser is started that measures and nothing else. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** That of `CHROMIUM`, or the machine's; `undefined` is Playwright's own. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM ?? INSTALLED.find(existsSync);
}
