import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { strategyPage, strategyPageFiles } from './strategyPages';

/** Of the repository, in whose root this is run. */
const pages = resolve('docs/strategies');

// Makes the pictures anew, from the manifests on the pages.
for (const file of strategyPageFiles(pages)) {
  const { picture, svg } = strategyPage(pages, file);
  writeFileSync(picture, svg);
  process.stdout.write(`${picture}\n`);
}
