import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type {
  ReplicaSet,
  RevisionOutcome,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { Knex } from 'knex';
import type { Selectable } from '../selection/matchSelector';
import { FreezeGate } from './FreezeGate';
import { FreezeHolds } from './FreezeHolds';
import { readFreezesConfig } from './readFreezesConfig';
import { FreezeStore } from './store/FreezeStore';
import { StoredFreezes } from './store/StoredFreezes';
import { undoTarget } from './undoTarget';
import { FreezeCalendar } from './windows/FreezeCalendar';

export interface FreezesOptions {
  config: Config;
  database: () => Knex | undefined;
  /** What a window's scope looks at. */
  subject: (cluster: string, rollout: Rollout) => Selectable | undefined;
  /** Of a rollout, from the mirror. */
  replicaSets: (cluster: string, uid: string) => readonly ReplicaSet[];
  /** How updates to its revisions ended, by pod hash. */
  outcomes?: (
    cluster: string,
    rollout: Rollout,
  ) => ReadonlyMap<string, RevisionOutcome>;
  clock: Clock;
  logger: LoggerService;
}

/** Freeze windows, for those who ask: the gate, the controllers, the API. */
export interface Freezes {
  calendar: FreezeCalendar;
  stored: StoredFreezes;
  gate: FreezeGate;
  holds: FreezeHolds;
  start(): void;
  stop(): Promise<void>;
}

/** @throws InputError when a window in the configuration is wrong */
export function createFreezes(options: FreezesOptions): Freezes {
  const { config, database, subject, replicaSets, clock, logger } = options;
  const calendar = new FreezeCalendar({
    configured: readFreezesConfig(config),
    clock,
  });
  const stored = new StoredFreezes({
    store: () => {
      const knex = database();
      return knex && new FreezeStore(knex);
    },
    calendar,
    clock,
    logger,
  });
  return {
    calendar,
    stored,
    gate: new FreezeGate({
      calendar,
      stored,
      undoTarget: ({ ref, uid, rollout }, toRevision) =>
        undoTarget(
          replicaSets(ref.cluster, uid),
          rollout.status?.currentPodHash,
          toRevision,
          options.outcomes?.(ref.cluster, rollout),
        ),
    }),
    holds: new FreezeHolds({ calendar, subject }),
    start() {
      calendar.start();
      stored.start();
    },
    async stop() {
      calendar.stop();
      await stored.stop();
    },
  };
}
