import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepsHash } from './stepsHash';
import { stepsText } from './stepsText';

interface Recorded {
  steps: unknown;
  /** What Argo Rollouts v1.9.1 writes for them, and the hash of it. */
  text: string;
  hash: string;
}

const RECORDED: Recorded[] = JSON.parse(
  readFileSync(join(__dirname, 'testdata', 'stepsHashes.json'), 'utf8'),
);

describe('the hash of steps', () => {
  it.each(RECORDED.map(each => [each.text.slice(0, 60), each] as const))(
    'is that of Argo Rollouts for %s',
    (_, { steps, text, hash }) => {
      expect(stepsText(steps)).toBe(text);
      expect(stepsHash(steps)).toBe(hash);
    },
  );
});
