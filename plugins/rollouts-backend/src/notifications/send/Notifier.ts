import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { Notice } from '../notices/Notice';
import type { NoticeStore } from './NoticeStore';

/** Between tries, in milliseconds; then the notice is given up. */
const PAUSES = [1_000, 10_000, 60_000];
/** A portal without the notifications plugin is not asked again for so long. */
const ABSENT_MILLISECONDS = 10 * 60_000;

export interface NotifierOptions {
  service: NotificationService;
  store: () => Pick<NoticeStore, 'claim'> | undefined;
  clock: Clock;
  logger: LoggerService;
}

/** Sends each notice once, whichever replica learns of it. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stopped = new AbortController();
  #absentUntil = 0;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /**
   * Never rejects: who notices something goes on whatever becomes of the
   * notice. Resolves to whether some replica has taken it on, so that nobody
   * need try again.
   */
  async tell(notice: Notice): Promise<boolean> {
    const { store, clock, logger } = this.#options;
    if (
      notice.recipients.length === 0 ||
      clock.now() < this.#absentUntil ||
      this.#stopped.signal.aborted
    ) {
      return false;
    }
    try {
      const record = store();
      if (!record) {
        throw new ServiceUnavailableError('the database is not available');
      }
      const claimed = await record.claim(notice.key, randomUUID(), clock.now());
      if (claimed) {
        await this.#send(notice);
      }
      return true;
    } catch (error) {
      logger.warn(
        `Nobody was notified of "${notice.title}", because it could not be put on record: ${error}`,
      );
      return false;
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #send(notice: Notice): Promise<void> {
    const { service, clock, logger } = this.#options;
    for (let tries = 0; ; tries++) {
      try {
        await service.send({
          recipients: {
            type: 'entity',
            entityRef: notice.recipients,
            excludeEntityRef: notice.except,
          },
          payload: {
            title: notice.title,
            description: notice.description,
            link: notice.link,
            severity: notice.severity,
            topic: notice.topic,
            scope: notice.scope,
          },
        });
        return;
      } catch (error) {
        if (isAbsent(error)) {
          this.#absentUntil = clock.now() + ABSENT_MILLISECONDS;
          logger.info(
            'Nobody is notified, because this portal has no notifications plugin.',
          );
          return;
        }
        const wait = PAUSES[tries];
        if (wait === undefined || this.#stopped.signal.aborted) {
          logger.error(`Nobody was notified of "${notice.title}": ${error}`);
          return;
        }
        await pause(clock, wait, this.#stopped.signal);
      }
    }
  }
}

/** No plugin answers there. */
function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'NotFoundError' ||
      ('statusCode' in error && error.statusCode === 404) ||
      /status code 404|404 Not Found/.test(error.message))
  );
}
