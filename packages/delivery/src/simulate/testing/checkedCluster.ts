import {
  POD_TEMPLATE_HASH_LABEL,
  type ReplicaSet,
  type Rollout,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutPlan, Write } from '../../rollout/plan';
import { parseTime } from '../../rollout/time';
import { SimulatedCluster } from '../simulatedCluster';
import type { RolloutSnapshot } from '../../rollout/snapshot';
import type { VirtualService } from '../../traffic/istio/istioObjects';
import { routersOf } from '../../traffic/registry';
import { servicesOfCanary } from '../../traffic/servicesOfCanary';

/** An invariant of the controller does not hold. */
export class BrokenInvariantError extends Error {
  readonly name = 'BrokenInvariantError';
}

function broken(invariant: string, what: string): never {
  throw new BrokenInvariantError(`${invariant}: ${what}`);
}

function maximumOf({ spec }: Rollout): number {
  return spec.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? 100;
}

interface Destination {
  destination: { host: string };
  weight: number;
}

/**
 * A simulated cluster that looks at every single write, as the cluster stands
 * at that moment, for the invariants of a rollout.
 */
export class CheckedCluster extends SimulatedCluster {
  #plan?: RolloutPlan;

  override planned(plan: RolloutPlan): void {
    this.#plan = plan;
  }

  /** What the planner saw, where its view is older than this. */
  view?: RolloutSnapshot;

  override apply(write: Write, now: number): void {
    if (write.verb === 'create' || write.verb === 'evict') {
      super.apply(write, now);
      return;
    }
    const before = this.#state(now);
    super.apply(write, now);
    if (write.verb === 'delete') {
      this.#checkDeletion(before, write);
      return;
    }
    const after = this.#state(now);
    this.#checkWeights(before, after, write);
    this.#checkScaleDown(before, after, write);
    this.#checkActive(before, after, write);
  }

  /**
   * I2, I4 of blue-green: the active service moves only to a revision that can
   * serve, back to stable also to one that is no worse; and what it selects
   * keeps its pods.
   */
  #checkActive(
    before: ReturnType<CheckedCluster['_state']>,
    after: ReturnType<CheckedCluster['_state']>,
    write: Write,
  ) {
    const { strategy, replicas = 1 } = (this.view?.rollout ?? this.rollout)
      .spec;
    if (!strategy?.blueGreen) return;
    const { active } = after;
    const pods = active === undefined ? undefined : after.available.get(active);
    if (active !== before.active) {
      const from = before.available.get(before.active ?? '')?.available ?? 0;
      const available = pods?.available ?? 0;
      const isBack = active === after.status.stableRS;
      const needed = isBack ? Math.max(1, Math.min(from, replicas)) : replicas;
      const most = Math.ceil(replicas / 2);
      if (available < needed && !(isBack && available >= most)) {
        broken(
          'I2',
          `users are sent to ${active} with ${available} of ${replicas} pods available: ${write.reason}`,
        );
      }
    }
    const shrunk =
      (pods?.replicas ?? 0) <
      (before.available.get(active ?? '')?.replicas ?? 0);
    if (shrunk && (pods?.replicas ?? 0) < replicas) {
      broken('I4', `users lose pods of ${active}: ${write.reason}`);
    }
  }

  #state(now: number) {
    const snapshot = this.snapshot(now);
    const available = new Map(
      [...this.#lostSinceSeen(), ...this.replicaSetsAt(now)].map(
        ({ metadata, spec, status }) => [
          metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '',
          {
            replicas: spec.replicas ?? 0,
            available: Math.min(
              Math.max(
                status?.availableReplicas ?? 0,
                this.#seenAvailable(metadata.uid),
              ),
              spec.replicas ?? 0,
            ),
          },
        ],
      ),
    );
    const hashOf = (service: Service | undefined) =>
      service?.spec.selector?.[POD_TEMPLATE_HASH_LABEL];
    const shares = this.#shares(snapshot, name =>
      hashOf(this.services.get(name)),
    );
    return {
      available,
      shares,
      selected: [...this.services.values()].map(hashOf),
      active: hashOf(
        this.services.get(
          this.rollout.spec.strategy?.blueGreen?.activeService ?? '',
        ),
      ),
      status: snapshot.rollout.status ?? {},
    };
  }

  /** Pods that have crashed since the view was taken, nobody could know of. */
  #seenAvailable(uid: string | undefined): number {
    const seen = this.view?.replicaSets.find(
      ({ metadata }) => metadata.uid === uid,
    );
    return seen?.status?.availableReplicas ?? 0;
  }

  /** Likewise of what somebody has deleted since. */
  #lostSinceSeen(): ReplicaSet[] {
    return (this.view?.replicaSets ?? []).filter(
      ({ metadata }) => !this.replicaSets.has(metadata.name),
    );
  }

  /** Who gets how much of the traffic, and whose pods those are. */
  #shares(
    snapshot: RolloutSnapshot,
    selectedBy: (service: string) => string | undefined,
  ): { host: string; weight: number; hash?: string }[] {
    const route = ([...this.routes.values()][0] as VirtualService | undefined)
      ?.spec?.http?.[0]?.route as Destination[] | undefined;
    if (route?.some(each => this.services.has(each.destination.host))) {
      return route.map(({ destination, weight }) => ({
        host: destination.host,
        weight: weight ?? 0,
        hash: selectedBy(destination.host),
      }));
    }
    // Any other router is asked what its objects say.
    const { rollout } = snapshot;
    const services = servicesOfCanary(rollout);
    const { currentPodHash = '', stableRS = currentPodHash } =
      rollout.status ?? {};
    const max = maximumOf(rollout);
    return routersOf(rollout).flatMap(router => {
      const observed = router.observe(snapshot, {
        ...services,
        canaryHash: currentPodHash,
        stableHash: stableRS,
      });
      return [
        {
          host: `${router.title}: canary`,
          weight: observed.weight,
          hash: observed.canaryHash ?? selectedBy(services.canaryService),
        },
        {
          host: `${router.title}: stable`,
          weight: max - observed.weight,
          hash: observed.stableHash ?? selectedBy(services.stableService),
        },
      ];
    });
  }

  /** I2: what traffic is routed to is not taken away. */
  #checkDeletion(
    before: ReturnType<CheckedCluster['_state']>,
    { name, reason }: Write & { verb: 'delete' | 'evict' },
  ) {
    // A strategy that names no router has nobody to take the share away.
    if (this.rollout.spec.strategy?.blueGreen) return;
    const share = before.shares.find(each => each.host === name);
    if (share && share.weight > 0) {
      broken('I2', `${name} is deleted with weight ${share.weight}: ${reason}`);
    }
  }

  /** I1: weights sum to the maximum; what is given more can take it. */
  #checkWeights(
    before: ReturnType<CheckedCluster['_state']>,
    after: ReturnType<CheckedCluster['_state']>,
    write: Write,
  ) {
    const { plural } = write.resource;
    if (['replicasets', 'analysisruns', 'experiments'].includes(plural)) return;
    const sum = after.shares.reduce((total, each) => total + each.weight, 0);
    if (after.shares.length && sum !== maximumOf(this.rollout))
      broken('I1', `weights sum to ${sum}`);
    for (const { host, weight, hash } of after.shares) {
      const old = before.shares.find(each => each.host === host);
      const isMore = weight > (old?.weight ?? 0) || hash !== old?.hash;
      if (weight === 0 || hash === undefined || !isMore) continue;
      if (!after.available.get(hash)?.available) {
        broken(
          'I1',
          `${weight} given to ${host} (${hash}) without available pods: ${write.reason}`,
        );
      }
    }
  }

  /** I2: nothing that a route or a service refers to is scaled to nothing. */
  #checkScaleDown(
    before: ReturnType<CheckedCluster['_state']>,
    after: ReturnType<CheckedCluster['_state']>,
    write: Write,
  ) {
    if (write.resource.plural !== 'replicasets') return;
    for (const [hash, { replicas }] of after.available) {
      const old = before.available.get(hash)?.replicas ?? 0;
      if (replicas >= old || replicas > 0) continue;
      if (after.selected.includes(hash)) {
        broken(
          'I2',
          `${hash} is scaled to 0 while a service selects it: ${write.reason}`,
        );
      }
    }
    // I4: an aborted canary shrinks only after its weight is 0.
    // What the turn itself makes of an abort counts: new steps start over.
    const { status } = after;
    if (!this.#plan?.status.abort || !after.shares.length) return;
    const canary = status.currentPodHash ?? '';
    const shrunk =
      (after.available.get(canary)?.replicas ?? 0) <
      (before.available.get(canary)?.replicas ?? 0);
    if (
      shrunk &&
      after.shares.some(
        each =>
          each.hash === canary && each.weight > 0 && canary !== status.stableRS,
      )
    ) {
      broken(
        'I4',
        `the aborted canary shrinks with traffic on it: ${write.reason}`,
      );
    }
  }

  /** For the type only. */
  protected _state(now: number) {
    return this.#state(now);
  }

  /** Somebody deletes the ReplicaSet of the stable revision, and its pods. */
  loseStable(): void {
    const { stableRS } = this.rollout.status ?? {};
    for (const { metadata } of [...this.replicaSets.values()]) {
      if (metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === stableRS) {
        this.replicaSets.delete(metadata.name);
      }
    }
  }

  /** A container crashes and comes back: its pod is young again. */
  crash(now: number): void {
    const all = this.replicaSetsAt(now).flatMap(each =>
      this.pods.objects(each, now),
    );
    const pods = all.filter(
      pod => (parseTime(pod.metadata.creationTimestamp) ?? 0) < now,
    );
    const pod = pods[pods.length >> 1];
    if (pod) this.pods.evict(pod.metadata.name, now);
  }
}
