// Lets Node run this repository's TypeScript as it is: Backstage's own loader,
// the one that `backstage-cli package start` uses for a backend.
import { createRequire, register } from 'node:module';

const require = createRequire(import.meta.url);
const { engines } = require('../package.json');

const supported = engines.node.split('||').map(major => major.trim());
if (!supported.includes(process.versions.node.split('.')[0])) {
  console.error(
    `This needs Node.js ${supported.join(' or ')}, and runs on ${process.version}. bin/start and bin/test put the right one into .tools/node: PATH="$PWD/.tools/node/bin:$PATH" yarn …`,
  );
  process.exit(78);
}

require('@backstage/cli/config/nodeTransform.cjs');
register('@backstage/cli/config/nodeTransformHooks.mjs', import.meta.url);
