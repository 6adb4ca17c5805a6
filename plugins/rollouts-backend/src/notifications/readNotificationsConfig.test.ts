import { ConfigReader } from '@backstage/config';
import { NOTICE_TOPICS } from './notices/Notice';
import { readNotificationsConfig } from './readNotificationsConfig';

const read = (notifications?: { topics?: string[]; stuckAfter?: string }) =>
  readNotificationsConfig(
    new ConfigReader(notifications ? { rollouts: { notifications } } : {}),
  );

describe('what is configured of notifications', () => {
  it('is every topic, and an hour, when nothing is written', () => {
    expect(read()).toEqual({
      topics: new Set(NOTICE_TOPICS),
      expected: 60 * 60_000,
    });
  });

  it('is the topics that are listed, and the time that is written', () => {
    expect(read({ topics: ['stuck'], stuckAfter: 'PT1M' })).toEqual({
      topics: new Set(['stuck']),
      expected: 60_000,
    });
  });

  it.each([
    [{ topics: ['stuck', 'stock'] }, /topics\[1\] is "stock". Choose of: /],
    [{ stuckAfter: 'an hour' }, /stuckAfter is "an hour"/],
    [{ stuckAfter: 'PT59S' }, /a minute or more/],
  ])('%j is refused', (written, message) => {
    expect(() => read(written)).toThrow(message);
  });
});
