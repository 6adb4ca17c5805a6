import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';
import { NOTICE_TOPICS, type NoticeTopic } from './notices/Notice';

const DEFAULT_EXPECTED = 'PT1H';
const KEY = 'rollouts.notifications';

export interface NotificationsConfig {
  topics: ReadonlySet<NoticeTopic>;
  /** How long an update may stand still, in milliseconds. */
  expected: number;
}

/**
 * Reads `rollouts.notifications`.
 * @throws InputError that names the key
 */
export function readNotificationsConfig(config: Config): NotificationsConfig {
  const written = config.getOptionalStringArray(`${KEY}.topics`);
  const topics = (written ?? NOTICE_TOPICS).map((topic, index) => {
    const known = NOTICE_TOPICS.find(each => each === topic);
    if (!known) {
      throw new InputError(
        `${KEY}.topics[${index}] is "${topic}". Choose of: ${NOTICE_TOPICS.join(', ')}.`,
      );
    }
    return known;
  });
  const text = config.getOptionalString(`${KEY}.stuckAfter`);
  const expected = Duration.fromISO(text ?? DEFAULT_EXPECTED).toMillis();
  if (!(expected >= 60_000)) {
    throw new InputError(
      `${KEY}.stuckAfter is "${text}", which is not an ISO 8601 duration of a minute or more, such as PT1H.`,
    );
  }
  return { topics: new Set(topics), expected };
}
