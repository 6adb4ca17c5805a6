import type { LoggerService } from '@backstage/backend-plugin-api';
import { RESOURCES, pause, type Clock } from '@progressive-delivery/kube';
import type { ReplicaSet } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Cluster } from '../../clusters/Cluster';
import { findByHash } from '../../view/revisions';
import type { HistoryFact } from '../facts/HistoryFact';
import type { HistoryRecorder } from '../record/HistoryRecorder';
import type { HistoryStore } from '../store/HistoryStore';
import { redactTemplate } from './redactTemplate';

const MOST_WAITING = 5_000;
const TRIES = 3;
const RETRY_MILLISECONDS = 5_000;

interface Wanted {
  stream: string;
  cluster: string;
  uid: string;
  tries: number;
}

/**
 * Reads the pod templates of a release as it begins: the mirror does not keep
 * them, and later the cluster may not either. One read for each version, by
 * one replica, because a release began and not because a page is looked at.
 */
export class TemplateRecorder {
  readonly #wanted: Wanted[] = [];
  #running = false;

  constructor(
    private readonly options: {
      recorder: Pick<HistoryRecorder, 'fact'>;
      store: () => HistoryStore | undefined;
      cluster: (name: string) => Cluster | undefined;
      clock: Clock;
      logger: LoggerService;
      signal: AbortSignal;
    },
  ) {}

  /** To be called with everything that this replica has put on record. */
  recorded(stream: string, facts: HistoryFact[]): void {
    const over = facts.some(
      fact =>
        fact.kind === 'release-ended' && fact.data.outcome === 'unobserved',
    );
    const begun = facts.find(fact => fact.kind === 'release-started');
    if (
      over ||
      begun?.kind !== 'release-started' ||
      this.#wanted.length >= MOST_WAITING
    ) {
      return;
    }
    const { cluster, uid } = begun.data;
    this.#wanted.push({ stream, cluster, uid, tries: 0 });
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#running) {
      return;
    }
    this.#running = true;
    const { clock, logger, signal } = this.options;
    for (
      let next = this.#wanted.shift();
      next && !signal.aborted;
      next = this.#wanted.shift()
    ) {
      try {
        await this.#read(next);
      } catch (error) {
        logger.debug(
          `The pod template of ${next.stream} cannot be read: ${error}`,
        );
        if (next.tries < TRIES) {
          this.#wanted.push({ ...next, tries: next.tries + 1 });
          await pause(clock, RETRY_MILLISECONDS, signal);
        }
      }
    }
    this.#running = false;
  }

  async #read({ stream, cluster: name, uid }: Wanted): Promise<void> {
    const { recorder, store, clock } = this.options;
    const cluster = this.options.cluster(name);
    const stores = cluster?.mirror?.stores;
    const [rollout] = stores?.rollouts.byIndex('uid', uid) ?? [];
    const replicaSets = stores?.replicaSets.byIndex('owner', uid) ?? [];
    const { currentPodHash = '', stableRS = '' } = rollout?.status ?? {};
    const hashes = [...new Set([currentPodHash, stableRS])].filter(Boolean);
    const known = await store()?.knownKeys(stream, hashes.map(keyOf));
    for (const podHash of hashes) {
      const replicaSet = findByHash(replicaSets, podHash);
      if (!replicaSet || !cluster?.client || known?.has(keyOf(podHash))) {
        continue;
      }
      const { namespace, name: replicaSetName } = replicaSet.metadata;
      const whole = await cluster.client.get<ReplicaSet>(
        RESOURCES.replicaSets,
        { namespace, name: replicaSetName },
      );
      recorder.fact(stream, name, {
        kind: 'template',
        key: keyOf(podHash),
        at: clock.now(),
        data: { podHash, template: redactTemplate(whole.spec.template) },
      });
    }
  }
}

function keyOf(podHash: string): string {
  return `template/${podHash}`;
}
