import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { Knex } from 'knex';
import type { ApprovalFacts } from '../approvals/facts/ApprovalFact';
import type { Selectable } from '../selection/matchSelector';
import { ApprovalTeller } from './ApprovalTeller';
import type { Notice } from './notices/Notice';
import { readEntityTabPath } from './readEntityTabPath';
import { readNotificationsConfig } from './readNotificationsConfig';
import { RolloutWatcher } from './RolloutWatcher';
import { NoticeStore } from './send/NoticeStore';
import { Notifier } from './send/Notifier';

/** Nothing that is older is told any more: what stands still for so long is known. */
const KEPT_MILLISECONDS = 180 * 24 * 60 * 60_000;

export interface NotificationsOptions {
  config: Config;
  service: NotificationService;
  database: () => Knex | undefined;
  /** Approvals; none where there are no policies. */
  facts?: Pick<ApprovalFacts, 'since' | 'now'>;
  /** The entities that a rollout is granted to, with their owners. */
  subject: (cluster: string, rollout: Rollout) => Selectable | undefined;
  ownersOf: (entityRef: string) => readonly string[];
  /** What is happening to a rollout, in a sentence. */
  sentenceOf: (key: string) => string | undefined;
  isFrozen: (cluster: string, rollout: Rollout) => boolean;
  /** Whether what is known of a cluster is what is there. */
  isFresh: (cluster: string) => boolean;
  clock: Clock;
  logger: LoggerService;
}

export interface Notifications {
  rolloutChanged(cluster: string, rollout: Rollout, gone: boolean): void;
  clusterRemoved(name: string): void;
  /** Forgets what was told long ago. */
  removeOld(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Tells people what concerns them, by Backstage's notification service.
 * @throws InputError when the configuration is wrong
 */
export function createNotifications(
  options: NotificationsOptions,
): Notifications {
  const { service, database, facts, subject, clock, logger } = options;
  const { topics, expected } = readNotificationsConfig(options.config);
  const tabPath = readEntityTabPath(options.config);
  const store = () => {
    const knex = database();
    return knex && new NoticeStore(knex);
  };
  const notifier = new Notifier({
    service,
    store,
    clock,
    logger,
  });
  const tell = async (notice: Notice) =>
    !topics.has(notice.topic) || notifier.tell(notice);
  const watcher = new RolloutWatcher({
    tell,
    expected,
    isFrozen: options.isFrozen,
    isFresh: options.isFresh,
    clock,
    ground(cluster, rollout) {
      const { namespace = '', name } = rollout.metadata;
      const entities = subject(cluster, rollout)?.entities ?? [];
      const [first] = entities;
      return (
        first && {
          entityRef: first.entityRef,
          tabPath,
          owners: [...new Set(entities.flatMap(({ ownerRefs }) => ownerRefs))],
          sentence: options.sentenceOf(`${cluster}/${namespace}/${name}`) ?? '',
        }
      );
    },
  });
  const teller =
    facts &&
    new ApprovalTeller({
      facts,
      ownersOf: options.ownersOf,
      tabPath,
      tell,
      clock,
      logger,
    });
  return {
    removeOld: async () => store()?.forget(clock.now() - KEPT_MILLISECONDS),
    rolloutChanged: (...change) => watcher.changed(...change),
    clusterRemoved: name => watcher.clusterRemoved(name),
    start() {
      watcher.start();
      teller?.start();
    },
    async stop() {
      notifier.stop();
      await Promise.all([watcher.stop(), teller?.stop()]);
    },
  };
}
