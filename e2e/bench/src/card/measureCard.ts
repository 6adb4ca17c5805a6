import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Measurement } from '../measurement';

const CARD = join(
  __dirname,
  '../../../../plugins/rollouts/src/card/EntityRolloutsCard.tsx',
);

/** What comes with the card; all else any Backstage app has loaded before. */
const OWN = ['@progressive-delivery/', '@remixicon/'];

/**
 * What a browser has to load for the entity card beyond what the app has
 * loaded already: its own code and styles, minified and gzipped. What the card
 * imports lazily is not counted.
 */
export async function measureCard(): Promise<Measurement[]> {
  const result = await build({
    entryPoints: [CARD],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    jsx: 'automatic',
    outdir: 'out',
    loader: { '.svg': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'what the app has already',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || OWN.some(own => path.startsWith(own))
              ? undefined
              : { path, external: true },
          );
        },
      },
    ],
  });
  const { outputs } = result.metafile;
  const entry = Object.keys(outputs).find(file => outputs[file]?.entryPoint);
  const loaded = new Set<string>();
  const load = (file: string) => {
    const output = outputs[file];
    if (!output || loaded.has(file)) return;
    loaded.add(file);
    if (output.cssBundle) load(output.cssBundle);
    for (const { path, kind } of output.imports) {
      if (kind === 'import-statement') load(path);
    }
  };
  if (entry) load(entry);
  const bytes = result.outputFiles
    .filter(({ path }) => [...loaded].some(file => path.endsWith(file)))
    .reduce((sum, file) => sum + gzipSync(file.contents).length, 0);
  return [
    {
      what: 'the entity card, gzip, beyond what the app already loads',
      value: bytes / 1024,
      unit: 'KB',
      budget: 40,
    },
  ];
}
