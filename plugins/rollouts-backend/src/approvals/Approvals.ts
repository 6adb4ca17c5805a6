import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ApprovalExtensions } from '@progressive-delivery/backstage-plugin-rollouts-node';
import type { Clock } from '@progressive-delivery/kube';
import type { Knex } from 'knex';
import type { ActionStore } from '../database/ActionStore';
import type { GateChange, GateSubject } from '../gates/ActionGate';
import type { GateSubjects } from '../gates/GateSubjects';
import type { RolloutViews } from '../view/RolloutViews';
import { ApprovalGate } from './ApprovalGate';
import { ApprovalJudge } from './ApprovalJudge';
import { ApprovalRequests } from './ApprovalRequests';
import { ApprovalViews } from './ApprovalViews';
import { ApprovalVotes } from './ApprovalVotes';
import { ApprovalWatch } from './ApprovalWatch';
import { policiesMoved } from './decide/policiesMoved';
import { isSettling, whatMoved } from './decide/whatMoved';
import { extensionsInTime } from './extensionsInTime';
import type { ApprovalFacts } from './facts/ApprovalFact';
import { FactStream } from './facts/FactStream';
import { Grounds } from './Grounds';
import { keyOf, OpenApprovals } from './OpenApprovals';
import { ApproverRefs } from './people/ApproverRefs';
import { Directory } from './people/Directory';
import { KnownStandings } from './people/KnownStandings';
import type { ApprovalPolicy } from './policy/ApprovalPolicy';
import { PolicyRegistry } from './policy/PolicyRegistry';
import { decidableBy } from './decide/decidableBy';
import { ApprovalStore } from './store/ApprovalStore';
import { ApprovalTransactions } from './store/ApprovalTransactions';
import type { ApprovalRecord } from './store/ApprovalRecord';
import { factOf } from './store/factOf';

export interface ApprovalsOptions {
  policies: readonly ApprovalPolicy[];
  extensions: ApprovalExtensions;
  catalog: CatalogService;
  auth: AuthService;
  database: () => Knex | undefined;
  actions: () => ActionStore | undefined;
  views: RolloutViews;
  subjects: GateSubjects;
  /** Whether what the mirror says of a cluster is the cluster's state. */
  isFresh: (cluster: string) => boolean;
  clock: Clock;
  logger: LoggerService;
  /** The database's clock, unless a test has its own. */
  databaseNow?: (knex: Knex) => Promise<number>;
  intervalMilliseconds?: number;
  /** Called every few seconds, once the open requests have been read. */
  onTurn?: () => void;
}

/** Puts the parts of the approvals together. Nothing runs before `start`. */
export class Approvals {
  readonly registry: PolicyRegistry;
  readonly requests: ApprovalRequests;
  readonly votes: ApprovalVotes;
  readonly views: ApprovalViews;
  readonly gate: ApprovalGate;
  readonly open: OpenApprovals;
  readonly standings: KnownStandings;
  readonly #facts: FactStream;
  readonly #watch: ApprovalWatch;
  readonly #approvers: ApproverRefs;
  readonly #judge: ApprovalJudge;
  readonly #grounds: Grounds;
  readonly #options: ApprovalsOptions;
  #store?: ApprovalStore;
  #catalogRead = false;

  constructor(options: ApprovalsOptions) {
    this.#options = options;
    const { catalog, auth, clock, logger, extensions, views } = options;
    const { delegates, sources, authors } = extensionsInTime(extensions, clock);
    const directory = new Directory({ catalog, auth, delegates });
    const store = () => this.store;
    const reads = () => this.#storeIfOpen()?.reads;
    this.#facts = new FactStream({
      store: () => this.#storeIfOpen(),
      logger,
    });
    this.registry = new PolicyRegistry(options.policies, sources, logger);
    this.#approvers = new ApproverRefs(directory, this.registry);
    this.#grounds = new Grounds(views, options.subjects);
    this.standings = new KnownStandings(directory, clock);
    this.open = new OpenApprovals({ reads, logger });
    this.#judge = new ApprovalJudge({
      registry: this.registry,
      approvers: this.#approvers,
      directory,
      facts: ({ ref }) => this.#grounds.facts(ref),
    });
    this.#watch = new ApprovalWatch({
      open: this.open,
      store,
      registry: this.registry,
      approvers: this.#approvers,
      outcomeOf: async id => (await options.actions()?.get(id))?.outcome,
      onTurn: options.onTurn,
      moved: request => this.moved(request),
      clock,
      logger,
      intervalMilliseconds: options.intervalMilliseconds,
    });
    this.gate = new ApprovalGate({
      store,
      judge: this.#judge,
      open: this.open,
      moved: (request, subject) => this.#movedFrom(request, subject),
      subscribe: listener => this.#watch.subscribe(listener),
      opensAt: (key, time) => this.#watch.opensAt(key, time),
    });
    this.requests = new ApprovalRequests({
      store,
      grounds: this.#grounds,
      judge: this.#judge,
      open: this.open,
      authors: {
        modules: authors,
        lastChange: async uid => options.actions()?.lastChange(uid),
      },
    });
    this.votes = new ApprovalVotes({
      store,
      directory,
      open: this.open,
      moved: request => this.moved(request),
      sameGeneration: request => this.#sameGeneration(request),
    });
    this.views = new ApprovalViews({
      judge: this.#judge,
      grounds: this.#grounds,
      now: () => clock.now(),
    });
  }

  /** For history and notifications. */
  get facts(): ApprovalFacts {
    return this.#facts;
  }

  /** @throws ServiceUnavailableError while the database is not open */
  get store(): ApprovalStore {
    const store = this.#storeIfOpen();
    if (!store) {
      throw new ServiceUnavailableError(
        'Approvals are not possible while the database is not available. Abort is possible all the same.',
      );
    }
    return store;
  }

  /** `cluster/namespace/name` of the rollouts with something for a person to decide. */
  *rolloutKeys(person: {
    userRef?: string;
    ownershipRefs: readonly string[];
  }): Iterable<string> {
    for (const request of this.open.all) {
      if (decidableBy(request, person)) {
        yield keyOf(request);
      }
    }
  }

  /** Refs of those whose approval is asked for on `cluster/namespace/name`. */
  approversOf(key: string): string[] {
    const pending = this.open
      .ofKey(key)
      .filter(({ state }) => state === 'pending');
    return [
      ...new Set(
        pending.flatMap(({ policies }) =>
          policies.flatMap(({ approvers }) => approvers),
        ),
      ),
    ];
  }

  /** Calls back when something about open requests is otherwise. */
  subscribe(listener: (change: GateChange) => void): () => void {
    return this.open.subscribe(listener);
  }

  /**
   * Why a request is void by now, by what is in memory. `undefined` also while
   * that is not known, such as before the cluster has been read.
   */
  moved(request: ApprovalRecord): string | undefined {
    const { ref, action, bound } = request;
    if (!this.#catalogRead || !this.#options.isFresh(ref.cluster)) {
      return undefined;
    }
    const subject = this.#grounds.subject(ref, action);
    const { metadata } = subject?.rollout ?? {};
    const isOlder =
      metadata?.uid === bound.uid &&
      (metadata.generation ?? 0) < bound.generation;
    if (isOlder || (subject && isSettling(request, subject.rollout))) {
      // Another replica saw more than this one has yet, or the controller has
      // not taken notice of the last change.
      return undefined;
    }
    return subject
      ? this.#movedFrom(request, subject)
      : whatMoved(request, { rollout: undefined, entities: [] });
  }

  /** What a further condition of its policies still waits for, in words. */
  awaited(request: ApprovalRecord): string | undefined {
    const { ref, action } = request;
    const subject = this.#grounds.subject(ref, action);
    const { requirements = [] } = subject
      ? this.#judge.judge(subject, this.#options.clock.now(), request)
      : {};
    const unmet = requirements.flatMap(({ conditions }) =>
      conditions.filter(({ met }) => !met),
    );
    return unmet.length > 0
      ? unmet.map(({ message }) => message).join(' ')
      : undefined;
  }

  /** Puts on record that what was approved has not been carried out. */
  async held(
    request: ApprovalRecord,
    by: string,
    reason: string,
  ): Promise<void> {
    const { requestedBy } = request;
    await this.store.record(at => ({
      ...factOf(request, at),
      kind: 'held',
      by,
      requestedBy,
      reason,
    }));
  }

  rolloutChanged(key: string): void {
    this.#watch.changed(key);
  }

  /** The catalog was read, for the first time or again. */
  entitiesChanged(): void {
    this.#catalogRead = true;
    this.#watch.changedAll();
  }

  start(): void {
    this.#watch.start();
  }

  async stop(): Promise<void> {
    await this.#watch.stop();
  }

  #sameGeneration(request: ApprovalRecord): number | undefined {
    const subject = this.#grounds.subject(request.ref, request.action);
    return subject && whatMoved(request, subject) === undefined
      ? subject.rollout.metadata.generation
      : undefined;
  }

  #movedFrom(
    request: ApprovalRecord,
    subject: GateSubject,
  ): string | undefined {
    const moved = whatMoved(request, subject);
    if (moved !== undefined || !this.#approvers.ready) {
      return moved;
    }
    const { policies } = this.registry.applyingTo(subject);
    return policiesMoved(
      request.policies,
      policies.map(policy => ({
        policy,
        approvers: this.#judge.approversOf(policy, subject, request.entityRef),
      })),
    );
  }

  #storeIfOpen(): ApprovalStore | undefined {
    const { database, databaseNow } = this.#options;
    const knex = database();
    if (!this.#store && knex) {
      this.#store = new ApprovalStore(
        new ApprovalTransactions(knex, {
          onFacts: facts => this.#facts.publish(facts),
          now: databaseNow,
        }),
      );
    }
    return this.#store;
  }
}
