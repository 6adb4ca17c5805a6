import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = join(__dirname, '../..');

/**
 * The demo through a browser, on a portal that `bin/start` brought up. CHROMIUM
 * names an installed browser; without it Playwright's own is used.
 */
export default defineConfig({
  testDir: __dirname,
  testMatch: '*.browser.ts',
  outputDir: join(root, 'test-results'),
  globalSetup: join(__dirname, 'portal/startPortal.ts'),
  // One portal, one cluster: the tests are one story.
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
