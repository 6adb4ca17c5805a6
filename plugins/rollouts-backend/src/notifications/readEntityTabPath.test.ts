import { ConfigReader } from '@backstage/config';
import { readEntityTabPath } from './readEntityTabPath';

const read = (entityTabPath?: string) =>
  readEntityTabPath(new ConfigReader({ rollouts: { app: { entityTabPath } } }));

describe('readEntityTabPath', () => {
  it('is where the tab is unless the app has it elsewhere', () => {
    expect(read()).toBe('/rollouts');
    expect(read('/deploy/canaries/')).toBe('/deploy/canaries');
  });

  it.each(['rollouts', '/', '/rollouts?x=1', 'https://evil.example/'])(
    'refuses %s and says what to write',
    written => {
      expect(() => read(written)).toThrow(
        /^rollouts\.app\.entityTabPath is ".*"\. Write the path/,
      );
    },
  );
});
