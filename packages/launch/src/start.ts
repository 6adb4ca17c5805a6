import { resolve } from 'node:path';
import { main } from './main';

const root = resolve(__dirname, '../../..');

main(process.argv.slice(2), root).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(70);
  },
);
