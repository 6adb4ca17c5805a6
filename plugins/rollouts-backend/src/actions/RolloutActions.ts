import { createHash, randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ActionResult,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { ActionLog } from '../database/ActionLog';
import type {
  ActionIntent,
  ActionOutcome,
  ActionRecord,
} from '../database/ActionRecord';
import type { ActionStore } from '../database/ActionStore';
import type { ActionGates } from '../gates/ActionGates';
import type { GateSubjects } from '../gates/GateSubjects';
import type { ActionExecutor, ExecuteOptions } from './ActionExecutor';
import { ActionRefusedError } from './ActionRefusedError';

/** After so long whoever began it is taken for dead. */
const ABANDONED_MILLISECONDS = 60_000;
const WAIT_TRIES = 60;
const WAIT_PAUSE_MILLISECONDS = 250;
const DATABASE_TRIES = 4;
/** How long an abort waits for its record, and any action for its outcome's. */
const RECORD_MILLISECONDS = 2_000;

export interface ActOptions extends Omit<
  ExecuteOptions,
  'id' | 'decidedAt' | 'admit'
> {
  principal: string;
  entityRef: string;
  /** Told of an abort that is carried out without a record; not waited for. */
  onUnrecorded?: (cause: Error) => Promise<void>;
}

export interface RolloutActionsOptions {
  executor: Pick<ActionExecutor, 'execute'>;
  store: () => ActionStore | undefined;
  log: Pick<ActionLog, 'add'>;
  /** What may keep an action locked, and what it is told of a rollout. */
  gates?: Pick<ActionGates, 'admit' | 'settle'>;
  subjects?: Pick<GateSubjects, 'of'>;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Actions with their record: the intent is on record before anything is
 * written, and one idempotency key has one effect (I5), whichever replica it
 * reaches. Who may act has been decided before.
 */
export class RolloutActions {
  readonly #options: RolloutActionsOptions;
  /** Aborts while the database is down: as good as one process can. */
  readonly #unrecorded = new Map<string, Promise<ActionOutcome>>();

  constructor(options: RolloutActionsOptions) {
    this.#options = options;
  }

  /** @throws ActionRefusedError */
  async act(options: ActOptions): Promise<ActionResult> {
    const intent = this.#intent(options);
    if (options.request.dryRun) {
      return this.#options.executor.execute({
        ...options,
        id: intent.id,
        decidedAt: intent.startedAt,
      });
    }
    const outcome = await this.#once(intent, options);
    if ('refusal' in outcome) {
      throw new ActionRefusedError(outcome.refusal);
    }
    return outcome.result;
  }

  async #once(
    intent: ActionIntent,
    options: ActOptions,
  ): Promise<ActionOutcome> {
    const beginning = this.#withDatabase(store => store.begin(intent));
    let earlier: ActionRecord | undefined;
    try {
      earlier = await (options.action === 'abort'
        ? this.#inTime(beginning)
        : beginning);
    } catch (error) {
      if (options.action !== 'abort') {
        throw new ServiceUnavailableError(
          'The action was not carried out, because it cannot be put on record: the database is not available. Abort is possible all the same.',
          error,
        );
      }
      this.#options.logger.warn(
        `Abort ${intent.id} of ${intent.ref.namespace}/${intent.ref.name} by ${intent.principal} is carried out without a record: ${error}`,
      );
      const outcome = this.#abortUnrecorded(
        intent,
        options,
        error instanceof Error ? error : new Error(String(error)),
      );
      void this.#recordLate(beginning, intent.id, outcome);
      return outcome;
    }
    return earlier
      ? this.#repeat(earlier, intent, options)
      : this.#carryOut(intent, options);
  }

  /** The same key again: the same outcome, or the same decision is not it. */
  async #repeat(
    earlier: ActionRecord,
    intent: ActionIntent,
    options: ActOptions,
  ): Promise<ActionOutcome> {
    if (earlier.requestHash !== intent.requestHash) {
      throw new ActionRefusedError({
        code: 'invalid',
        message: 'The idempotency key belongs to another decision.',
        remedy: 'Make a new key for each decision.',
      });
    }
    const { clock } = this.#options;
    let record: ActionRecord | undefined = earlier;
    for (let tries = 0; record && tries < WAIT_TRIES; tries++) {
      if (record.outcome && !foundNoCluster(record.outcome)) {
        return record.outcome;
      }
      const abandoned = clock.now() - record.changedAt > ABANDONED_MILLISECONDS;
      if (record.outcome || abandoned) {
        const taken: ActionRecord = record;
        if (
          await this.#withDatabase(store => store.takeOver(taken, clock.now()))
        ) {
          // Safe to do again: the write is bound to what the person saw.
          return this.#carryOut(
            { ...intent, id: taken.id, startedAt: taken.startedAt },
            options,
          );
        }
      }
      await pause(clock, WAIT_PAUSE_MILLISECONDS);
      record = await this.#withDatabase(store =>
        store.find(intent.idempotencyKey),
      );
    }
    throw new ActionRefusedError({
      code: 'conflict',
      message: 'This action is being carried out.',
      remedy: 'Wait a moment and look at the rollout.',
    });
  }

  async #carryOut(
    intent: ActionIntent,
    options: ActOptions,
  ): Promise<ActionOutcome> {
    const { clock, log, logger } = this.#options;
    const outcome = await this.#execute(intent, options);
    const now = clock.now();
    try {
      await this.#inTime(
        this.#withDatabase(store => store.finish(intent.id, outcome, now)),
      );
    } catch (error) {
      // It happened; a repeat will find the rollout moved on.
      logger.error(
        `The outcome of action ${intent.id} could not be recorded: ${error}`,
      );
    }
    log.add({ ...intent, outcome, changedAt: now });
    await this.#options.gates?.settle(
      {
        actionId: intent.id,
        ref: intent.ref,
        uid: intent.uid,
        action: intent.action,
      },
      outcome,
    );
    return outcome;
  }

  #abortUnrecorded(
    intent: ActionIntent,
    options: ActOptions,
    cause: Error,
  ): Promise<ActionOutcome> {
    const key = `${intent.idempotencyKey}/${intent.requestHash}`;
    const running = this.#unrecorded.get(key);
    if (running) {
      return running;
    }
    options
      .onUnrecorded?.(cause)
      .catch(error =>
        this.#options.logger.error(
          `Abort ${intent.id} could not be audited: ${error}`,
        ),
      );
    const outcome = this.#execute(intent, options).then(done => {
      this.#options.log.add({
        ...intent,
        outcome: done,
        changedAt: this.#options.clock.now(),
      });
      return done;
    });
    this.#unrecorded.set(key, outcome);
    this.#options.clock.after(ABANDONED_MILLISECONDS, () =>
      this.#unrecorded.delete(key),
    );
    return outcome;
  }

  async #execute(
    { id, startedAt }: ActionIntent,
    options: ActOptions,
  ): Promise<ActionOutcome> {
    try {
      return {
        result: await this.#options.executor.execute({
          ...options,
          id,
          decidedAt: startedAt,
          admit: rollout => this.#admit(id, rollout, options),
        }),
      };
    } catch (error) {
      if (error instanceof ActionRefusedError) {
        return { refusal: error.refusal };
      }
      throw error;
    }
  }

  async #admit(
    actionId: string,
    rollout: Rollout,
    { ref, action, principal, entityRef, request }: ActOptions,
  ): Promise<void> {
    const { gates, subjects } = this.#options;
    const { images, toRevision, analysisRun, emergency, reason } = request;
    if (gates && subjects) {
      await gates.admit({
        ...subjects.of(ref.cluster, rollout, action),
        actionId,
        principal,
        entityRef,
        details: { images, toRevision, analysisRun },
        emergency: emergency ? reason : undefined,
      });
    }
  }

  /** What hung may still get there; its record is then completed. */
  async #recordLate(
    beginning: Promise<ActionRecord | undefined>,
    id: string,
    outcome: Promise<ActionOutcome>,
  ): Promise<void> {
    const { clock, logger } = this.#options;
    try {
      const done = await outcome;
      if (!(await beginning)) {
        await this.#withDatabase(store => store.finish(id, done, clock.now()));
      }
    } catch (error) {
      logger.debug(`Abort ${id} stays without a record: ${error}`);
    }
  }

  /** A database that hangs must not hold up what has to happen. */
  async #inTime<T>(work: Promise<T>): Promise<T> {
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = this.#options.clock.after(RECORD_MILLISECONDS, () =>
        reject(
          new Error(
            `the database did not answer within ${RECORD_MILLISECONDS} ms`,
          ),
        ),
      );
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      cancel();
    }
  }

  /** A locked or briefly absent database is tried again. */
  async #withDatabase<T>(work: (store: ActionStore) => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        const store = this.#options.store();
        if (!store) {
          throw new Error('the database has not been opened yet');
        }
        return await work(store);
      } catch (error) {
        if (tries >= DATABASE_TRIES) {
          throw error;
        }
        await pause(clock, 100 * tries);
      }
    }
  }

  #intent({
    ref,
    action,
    request,
    principal,
    entityRef,
  }: ActOptions): ActionIntent {
    const { seen, images, toRevision, analysisRun, emergency } = request;
    const decision = [
      ref.cluster,
      ref.namespace,
      ref.name,
      action,
      principal,
      [seen.uid, seen.generation, seen.podHash, seen.stepIndex],
      images?.map(({ container, image }) => [container, image]),
      toRevision,
      analysisRun,
      // Left out when it is none, so that keys of earlier versions still fit.
      ...(emergency ? ['emergency'] : []),
    ];
    return {
      id: randomUUID(),
      idempotencyKey: request.idempotencyKey,
      requestHash: createHash('sha256')
        .update(JSON.stringify(decision))
        .digest('hex'),
      ref: { cluster: ref.cluster, namespace: ref.namespace, name: ref.name },
      uid: seen.uid,
      action,
      principal,
      entityRef,
      emergency: emergency === true,
      reason: request.reason,
      startedAt: this.#options.clock.now(),
    };
  }
}

function foundNoCluster(outcome: ActionOutcome): boolean {
  return 'refusal' in outcome && outcome.refusal.code === 'cluster-unreachable';
}
