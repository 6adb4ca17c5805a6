import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApprovalSnapshot } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { Knex } from 'knex';
import type { ApprovalFacts } from '../../approvals/facts/ApprovalFact';
import { streamOf, type HistoryRecorder } from '../record/HistoryRecorder';
import { POSITIONS, type BigInteger } from '../store/rows';
import { toHistoryFacts } from './toHistoryFacts';

const SOURCE = 'approvals';
const PAGE = 200;
const INTERVAL_MILLISECONDS = 2_000;

interface PositionRow {
  source: string;
  position: BigInteger;
}

/**
 * Takes what happens to approvals into the history. It reads what is on record
 * there from where it last stood, so that a process that dies loses nothing;
 * several replicas read the same, and each thing is written once.
 */
export class ApprovalFollower {
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(
    private readonly options: {
      facts: Pick<ApprovalFacts, 'since'>;
      /** What was seen when a request was made. */
      snapshot: (requestId: string) => Promise<ApprovalSnapshot | undefined>;
      recorder: Pick<HistoryRecorder, 'fact' | 'flush'>;
      database: () => Knex | undefined;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
  }

  /** Records what has come since; returns how many facts that was. */
  async follow(): Promise<number> {
    const { facts, recorder, database } = this.options;
    const knex = database();
    if (!knex) {
      return 0;
    }
    const found = await facts.since(await positionIn(knex), PAGE);
    for (const fact of found) {
      const { cluster } = fact.ref;
      const snapshot =
        fact.kind === 'requested' && fact.requestId !== undefined
          ? await this.options.snapshot(fact.requestId)
          : undefined;
      for (const entry of toHistoryFacts(fact, snapshot)) {
        recorder.fact(streamOf(cluster, fact.uid), cluster, entry);
      }
    }
    const position = found.at(-1)?.sequence;
    if (position !== undefined) {
      // Only what is on record here counts as read.
      await recorder.flush();
      await knex<PositionRow>(POSITIONS)
        .insert({ source: SOURCE, position })
        .onConflict('source')
        .merge(['position'])
        .where(`${POSITIONS}.position`, '<', position);
    }
    return found.length;
  }

  /** Up to which fact all are in the history. */
  async position(): Promise<number> {
    const knex = this.options.database();
    return knex ? positionIn(knex) : 0;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.options;
    while (!signal.aborted) {
      try {
        while ((await this.follow()) === PAGE && !signal.aborted);
      } catch (error) {
        logger.debug(`Approvals are not in the history yet: ${error}`);
      }
      await pause(clock, INTERVAL_MILLISECONDS, signal);
    }
  }
}

async function positionIn(knex: Knex): Promise<number> {
  const row = await knex<PositionRow>(POSITIONS)
    .where({ source: SOURCE })
    .first();
  return Number(row?.position ?? 0);
}
