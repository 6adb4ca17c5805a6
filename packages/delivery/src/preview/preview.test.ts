/** @jest-environment node */
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const CANARY = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: 'shop:2' }] }
  strategy: { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 1m } }] } }
`;

/** What a form loads before its first picture, compressed. */
const MOST_KILOBYTES = 210;

/** In the page: its text is what runs there. */
const simulateAndLint = `({
  assumeMissing, lint, readObjects, simulateRollout, sortObjects, timelineText,
}) => {
  const text = ${JSON.stringify(CANARY)};
  const manifests = sortObjects(readObjects('a.yaml', text));
  const { findings } = lint([{ file: 'a.yaml', text }]);
  const timeline = simulateRollout(
    assumeMissing(manifests.rollouts[0], manifests), {}, { forecastAborts: true },
  );
  return findings.length + ' findings\\n' + timelineText(timeline);
}`;

describe('lint and simulation in a browser', () => {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [resolve(__dirname, 'index.ts')],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });

  it('need nothing of Node', () => {
    const inputs = Object.keys(metafile.inputs);

    expect(inputs.length).toBeGreaterThan(100);
    expect(
      inputs.filter(each =>
        /client-node|packages\/kube\/src\/(?!resource)/.test(each),
      ),
    ).toEqual([]);
  });

  it('run with what a browser has', () => {
    const { outputFiles: script } = buildSync({
      stdin: {
        contents: `export * from './index';`,
        resolveDir: __dirname,
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'preview',
      platform: 'browser',
      logLevel: 'silent',
    });
    // No Buffer, no process, no require.
    const page = { TextEncoder, TextDecoder, URL, URLSearchParams, atob, btoa };
    const text = runInNewContext(
      `${script[0]?.text}; (${simulateAndLint})(preview)`,
      { ...page, structuredClone, performance },
    );

    expect(text).toMatch(/^\d+ findings\n/);
    expect(text).toContain('setWeight: 50');
  });

  it(`weigh less than ${MOST_KILOBYTES} kB`, () => {
    const [output] = outputFiles;
    const size = gzipSync(output?.contents ?? '').length / 1_000;

    expect(size).toBeLessThan(MOST_KILOBYTES);
    expect(size).toBeGreaterThan(10);
  });
});
