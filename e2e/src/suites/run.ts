import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { judge, sum, summary } from './counts';
import type { Counts, Suite } from './suite';
import { suites } from './suites';

const root = resolve(__dirname, '../../..');

async function runSuite(suite: Suite): Promise<Counts> {
  process.stdout.write(`\n── ${suite.name} ──\n`);
  const started = performance.now();
  const child = spawn(process.execPath, suite.args, {
    cwd: suite.cwd ?? root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: process.env.CI ?? '1', ...suite.env },
  });
  const exitCode = await new Promise<number>((done, fail) => {
    child.once('error', fail);
    child.once('close', code => done(code ?? 1));
  });
  const counts = judge(exitCode, suite.count);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`${suite.name}: ${summary(counts)} (${seconds} s)\n`);
  return counts;
}

async function run(only: string | undefined) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  for (const report of ['jest-report.json', 'browser-report.json']) {
    // A report of an earlier run must not be counted for this one.
    rmSync(join(root, '.cache', report), { force: true });
  }
  const results: { suite: Suite; counts: Counts }[] = [];
  for (const suite of suites(root)) {
    if (only === undefined || suite.group === only) {
      results.push({ suite, counts: await runSuite(suite) });
    }
  }
  process.stdout.write('\n');
  for (const { suite, counts } of results) {
    process.stdout.write(`${suite.name}: ${summary(counts)}\n`);
  }
  const total = sum(results.map(result => result.counts));
  process.stdout.write(`${summary(total)}\n`);
  return total.failed === 0 ? 0 : 1;
}

run(process.argv[2]).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.stdout.write('0 passed, 1 failed, 0 skipped\n');
    process.exitCode = 1;
  },
);
