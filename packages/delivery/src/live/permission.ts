import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import {
  LeaseElector,
  argoLeaseName,
  observeArgoLease,
  type Clock,
  type KubeClient,
  type LeaseObserver,
  type LeaseState,
} from '@progressive-delivery/kube';
import type { DeliveryLogger } from './logger';

/** The lease by which several of these controllers agree on one. */
export interface LeaderElectionOptions {
  /**
   * Default: the controller's namespace, or else `default`, or for Argo
   * Rollouts' lease `argo-rollouts`. That one must be where Argo Rollouts runs.
   */
  namespace?: string;
  /**
   * Which lease: this controller's own, or that of Argo Rollouts, so that of
   * the two, too, only one acts at any time. Default: `own`.
   */
  lease?: 'own' | 'argo';
  /** Another name than the lease's usual one, with the instance id behind it. */
  name?: string;
  /** Unique among all who want the lease; made up when left out. */
  identity?: string;
}

export interface PermissionOptions {
  client: KubeClient;
  clock: Clock;
  logger: DeliveryLogger;
  namespace?: string;
  instanceId?: string;
  leaderElection?: LeaderElectionOptions | boolean;
  standAside?: boolean | (() => boolean);
}

const POLL_MILLISECONDS = 1_000;
/** Where Argo Rollouts' own manifests install it. */
const ARGO_NAMESPACE = 'argo-rollouts';

/**
 * Whether this controller may act: it holds its own lease, and no Argo
 * Rollouts holds its. One effective writer per cluster.
 */
export class Permission {
  readonly #options: PermissionOptions;
  readonly #elector?: LeaseElector;
  readonly #argo?: LeaseObserver;
  #cancelPoll: () => void = () => {};
  #last = false;
  #onChange: () => void = () => {};

  constructor(options: PermissionOptions) {
    this.#options = options;
    const { client, clock, logger, instanceId, standAside } = options;
    const { leaderElection = true } = options;
    if (leaderElection) {
      const given = leaderElection === true ? {} : leaderElection;
      const usual =
        given.lease === 'argo'
          ? argoLeaseName(instanceId)
          : `progressive-delivery-controller${instanceId ? `-${instanceId}` : ''}`;
      const home = given.lease === 'argo' ? ARGO_NAMESPACE : 'default';
      const namespace = given.namespace ?? options.namespace ?? home;
      const name = given.name ?? usual;
      this.#elector = new LeaseElector({
        client,
        clock,
        namespace,
        name,
        identity: given.identity ?? `${hostname()}_${randomUUID()}`,
        onStartedLeading: () => {
          logger.info('leading: this controller acts on the cluster now');
          this.#check();
        },
        onStoppedLeading: reason => {
          logger.info(`not leading any more: ${reason}`);
          this.#check();
        },
        onStandingBy: holder =>
          logger.info(
            `standing by as long as ${holder} holds the lease ${namespace}/${name}`,
          ),
        onError: error =>
          logger.warn(
            `leader election: ${error instanceof Error ? error.message : error}`,
          ),
      });
    }
    // Whoever holds Argo Rollouts' lease need not look for who does.
    const isArgo =
      typeof leaderElection === 'object' && leaderElection.lease === 'argo';
    if (standAside === true && !isArgo) {
      this.#argo = observeArgoLease({
        client,
        clock,
        instanceId: instanceId ?? '',
        onChange: (state, holder) => {
          logger.info(describeArgo(state, holder, this.#argo?.forbidden));
          this.#check();
        },
        onError: error =>
          logger.warn(
            `looking for Argo Rollouts' lease: ${error instanceof Error ? error.message : error}`,
          ),
      });
    }
  }

  /** Why this controller does not act now; `undefined` when it may. */
  get hindrance(): 'not leading' | 'standing aside' | undefined {
    if (this.#standsAside()) return 'standing aside';
    if (this.#elector && !this.#elector.isLeader) return 'not leading';
    return undefined;
  }

  /** Calls back when acting has become possible or impossible. */
  onChange(callback: () => void) {
    this.#onChange = callback;
  }

  start() {
    this.#elector?.start();
    this.#argo?.start();
    this.#poll();
  }

  async stop(): Promise<void> {
    this.#cancelPoll();
    await Promise.all([this.#elector?.stop(), this.#argo?.stop()]);
  }

  #standsAside(): boolean {
    const { standAside } = this.#options;
    if (typeof standAside === 'function') return standAside();
    // Not to know yet is no leave to act.
    return this.#argo?.state === 'fresh' || this.#argo?.state === 'observing';
  }

  /** A predicate given from outside tells nobody when it changes. */
  #poll() {
    this.#check();
    this.#cancelPoll = this.#options.clock.after(POLL_MILLISECONDS, () =>
      this.#poll(),
    );
  }

  #check() {
    const may = this.hindrance === undefined;
    if (may === this.#last) return;
    this.#last = may;
    this.#onChange();
  }
}

function describeArgo(
  state: LeaseState,
  holder?: string,
  forbidden?: boolean,
): string {
  if (forbidden) {
    return 'standing aside: whether Argo Rollouts runs is not known, because this account may not list leases in all namespaces; grant it that right';
  }
  return state === 'fresh'
    ? `standing aside: Argo Rollouts (${holder}) is in charge of this cluster`
    : `Argo Rollouts' lease is ${state}`;
}
