import type { Config } from '@backstage/config';
import { ApprovalRetention } from '../approvals/retention/ApprovalRetention';
import type { Approvals } from '../approvals/Approvals';
import { ApprovalFollower } from './approvals/ApprovalFollower';
import { History, type HistoryOptions } from './History';
import { readHistoryConfig } from './HistoryConfig';

export interface CreateHistoryOptions extends Omit<HistoryOptions, 'config'> {
  config: Config;
  approvals: Pick<Approvals, 'facts' | 'store'>;
}

/** The history with what it takes over of approvals, and when both are forgotten. */
export interface KeptHistory {
  history: History;
  /** Removes releases, and requests for approval, older than the operator keeps. */
  removeOld(): Promise<void>;
  start(): void;
  /** To be called while the database and what is mirrored are still there. */
  stop(): Promise<void>;
}

/** @throws InputError when the configuration is wrong */
export function createHistory(options: CreateHistoryOptions): KeptHistory {
  const { approvals, database, clock, logger } = options;
  const config = readHistoryConfig(options.config);
  const history = new History({ ...options, config });
  const follower = new ApprovalFollower({
    facts: approvals.facts,
    snapshot: async id => (await approvals.store.reads.find(id))?.snapshot,
    recorder: history.recorder,
    database,
    clock,
    logger,
  });
  const retention = new ApprovalRetention({
    keepMilliseconds: config.keepMilliseconds,
    database,
    read: async () => (history.enabled ? follower.position() : undefined),
    logger,
  });
  return {
    history,
    async removeOld() {
      await history.removeOld();
      await retention.removeOld();
    },
    start() {
      history.start();
      if (history.enabled) {
        follower.start();
      }
    },
    async stop() {
      await follower.stop();
      await history.stop();
    },
  };
}
