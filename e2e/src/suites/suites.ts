import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countJest, countPlaywright } from './counts';
import type { Suite } from './suite';

/** All suites, in the order they run: the quick ones that fail first come first. */
export function suites(root: string): Suite[] {
  const bin = (name: string) => join(root, 'node_modules/.bin', name);
  const cache = (...path: string[]) => join(root, '.cache', ...path);
  const report = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
  const jestReport = cache('jest-report.json');
  const browserReport = cache('browser-report.json');
  return [
    {
      name: 'prettier',
      group: 'lint',
      args: [
        bin('prettier'),
        '--check',
        '--cache',
        '--cache-location',
        cache('prettier'),
        '--log-level',
        'warn',
        '.',
      ],
    },
    {
      name: 'rooms',
      group: 'lint',
      args: [
        bin('depcruise'),
        '--config',
        '.dependency-cruiser.cjs',
        'packages',
        'plugins',
        'e2e',
      ],
    },
    {
      name: 'eslint',
      group: 'lint',
      args: [
        bin('backstage-cli'),
        'repo',
        'lint',
        '--max-warnings',
        '0',
        '--success-cache',
        '--success-cache-dir',
        cache('lint'),
      ],
    },
    {
      name: 'types',
      group: 'types',
      args: [
        bin('tsc'),
        '--noEmit',
        '--emitDeclarationOnly',
        'false',
        '--declaration',
        'false',
        '--declarationMap',
        'false',
        '--incremental',
        '--tsBuildInfoFile',
        cache('types.tsbuildinfo'),
      ],
    },
    {
      name: 'unit and integration',
      group: 'unit',
      args: [
        bin('backstage-cli'),
        'repo',
        'test',
        '--watchAll=false',
        '--maxWorkers=2',
        '--json',
        `--outputFile=${jestReport}`,
      ],
      count: () => countJest(report(jestReport)),
    },
    {
      name: 'browser',
      group: 'browser',
      args: [
        join(root, 'node_modules/@playwright/test/cli.js'),
        'test',
        '--config',
        join(root, 'e2e/browser/playwright.config.ts'),
      ],
      cwd: join(root, 'e2e'),
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
      count: () => countPlaywright(report(browserReport)),
    },
  ];
}
