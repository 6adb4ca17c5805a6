/** @jest-environment node */
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

/** What a form loads before its first picture, compressed. */
const MOST_KILOBYTES = 210;

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

  it(`weigh less than ${MOST_KILOBYTES} kB`, () => {
    const [output] = outputFiles;
    const size = gzipSync(output?.contents ?? '').length / 1_000;

    expect(size).toBeLessThan(MOST_KILOBYTES);
    expect(size).toBeGreaterThan(10);
  });
});
