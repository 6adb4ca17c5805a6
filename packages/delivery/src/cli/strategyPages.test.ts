import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  strategyIndex,
  strategyPage,
  strategyPageFiles,
} from './strategyPages';

const pages = resolve(__dirname, '../../../../docs/strategies');
const files = strategyPageFiles(pages);

describe.each(files)('docs/strategies/%s', file => {
  const { name, text, timeline, picture, svg } = strategyPage(pages, file);

  it('has a manifest that comes to its end', () => {
    expect(timeline.outcome).toMatchObject({
      kind: 'promoted',
      phase: 'Healthy',
    });
  });

  it('shows the picture that its command makes of its manifest', () => {
    expect(text).toContain(`](images/${name}.svg)`);
    expect(readFileSync(picture, 'utf8')).toBe(svg);
  });

  it('is in the index', () => {
    expect(strategyIndex(pages)).toContain(`](${file})`);
  });
});

it('has no picture without a page', () => {
  const [first = ''] = files;
  const pictures = readdirSync(dirname(strategyPage(pages, first).picture));

  expect(pictures.sort()).toEqual(
    files.map(file => file.replace(/\.md$/, '.svg')),
  );
});
