// Lets Node run this repository's TypeScript as it is: Backstage's own loader,
// the one that `backstage-cli package start` uses for a backend.
import { createRequire, register } from 'node:module';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
register('@backstage/cli/config/nodeTransformHooks.mjs', import.meta.url);
