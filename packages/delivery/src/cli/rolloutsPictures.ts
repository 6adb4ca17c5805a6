import { writeFileSync } from 'node:fs';
import { strategyPage, strategyPageFiles } from './strategyPages';

/** Makes the pictures of docs/strategies anew, from the manifests on the pages. */
for (const file of strategyPageFiles()) {
  const { picture, svg } = strategyPage(file);
  writeFileSync(picture, svg);
  process.stdout.write(`${picture}\n`);
}
