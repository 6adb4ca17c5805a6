// Bundles the harness into a folder, in seconds and without a dev server.
import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const config = {
  app: { title: 'Rollout states', baseUrl: 'http://localhost' },
  backend: { baseUrl: 'http://localhost' },
};

/** @param {string} outdir */
export async function bundleHarness(outdir) {
  await build({
    entryPoints: [fileURLToPath(new URL('./index.tsx', import.meta.url))],
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    minify: true,
    logLevel: 'error',
    loader: { '.svg': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.HAS_REACT_DOM_CLIENT': 'true',
      'process.env': '{}',
      process: '{"env":{}}',
      global: 'globalThis',
    },
  });
  const json = JSON.stringify([{ context: 'app', data: config }]);
  await writeFile(
    join(outdir, 'index.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Rollout states</title><link rel="stylesheet" href="/index.css">
<script type="backstage.io/config">${json}</script></head>
<body><div id="root"></div><script type="module" src="/index.js"></script></body></html>`,
  );
}
