import * as fc from 'fast-check';
import {
  POD_TEMPLATE_HASH_LABEL,
  type AnalysisRun,
  type ReplicaSet,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planRollout } from '../rollout/planRollout';
import type { RolloutSnapshot } from '../rollout/snapshot';
import { simulate } from './simulate';
import { BrokenInvariantError, CheckedCluster } from './testing/checkedCluster';
import { service, START, template, virtualService } from './testing/demo';
import { randomRun, type Happening, type RandomRun } from './testing/randomRun';

const SETTLE_SECONDS = 300;

function tagOf({ spec }: ReplicaSet): string {
  return spec.template.spec.containers[0]?.image?.split(':')[1] ?? '';
}

function clusterOf(run: RandomRun): CheckedCluster {
  const { name } = run.rollout.metadata;
  const tags = new Map<string, string>();
  return new CheckedCluster({
    rollout: run.rollout,
    services: [
      service(`${name}-stable`, name),
      service(`${name}-canary`, name),
    ],
    routes: run.rollout.spec.strategy?.canary?.trafficRouting
      ? [virtualService(name)]
      : [],
    analysisTemplates: [template()],
    podLife: replicaSet => {
      const tag = tagOf(replicaSet);
      tags.set(
        replicaSet.metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '',
        tag,
      );
      return run.broken.includes(tag) ? undefined : 3_000;
    },
    analysisFate: ({ metadata }: AnalysisRun) => {
      const hash = metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '';
      const phase = run.fates[tags.get(hash) ?? ''];
      return phase && { phase, afterMilliseconds: 7_000 };
    },
  });
}

/** I3, I6: between two statuses. */
function checkStatus(
  before: RolloutStatus,
  after: RolloutStatus,
  snapshot: RolloutSnapshot,
) {
  const sameAttempt =
    before.currentPodHash === after.currentPodHash &&
    before.currentStepHash === after.currentStepHash &&
    !after.abort &&
    !before.abort;
  const [from, to] = [before.currentStepIndex, after.currentStepIndex];
  if (sameAttempt && from !== undefined && to !== undefined && to < from) {
    throw new BrokenInvariantError(`I3: step ${from} went back to ${to}`);
  }
  const run = snapshot.analysisRuns.find(
    each =>
      each.metadata.name === before.canary?.currentStepAnalysisRunStatus?.name,
  );
  const bad = ['Failed', 'Error', 'Inconclusive'].includes(
    run?.status?.phase ?? '',
  );
  const unpaused = before.controllerPause && !before.pauseConditions?.length;
  if (
    sameAttempt &&
    bad &&
    !unpaused &&
    !after.promoteFull &&
    !before.promoteFull &&
    (to ?? 0) > (from ?? 0)
  ) {
    throw new BrokenInvariantError(
      `I6: step ${from} passed with analysis ${run?.status?.phase}`,
    );
  }
}

class Player {
  now = START;
  #stale?: RolloutSnapshot;

  constructor(readonly cluster: CheckedCluster) {}

  run(seconds: number) {
    const until = this.now + seconds * 1_000;
    const { turns } = simulate(this.cluster, this.now, until);
    for (const { snapshot, plan } of turns) {
      checkStatus(snapshot.rollout.status ?? {}, plan.status, snapshot);
    }
    this.now = until;
  }

  /** One turn only, on a view that may be older than the cluster. */
  turn() {
    const snapshot = this.#stale ?? this.cluster.snapshot(this.now);
    this.#stale = undefined;
    const current = this.cluster.snapshot(this.now);
    const versions = new Map(
      [
        current.rollout,
        ...current.replicaSets,
        ...current.analysisRuns,
        ...Object.values(current.services),
        ...Object.values(current.routes),
      ].map(({ metadata }) => [metadata.uid, metadata.resourceVersion]),
    );
    const plan = planRollout(snapshot, this.now);
    const written = new Set<string>();
    for (const write of plan.writes) {
      if (write.verb === 'create') {
        const { name } = write.object.metadata;
        const exists =
          this.cluster.replicaSets.has(name) ||
          this.cluster.analysisRuns.has(name);
        if (exists) return;
      } else if (write.verb !== 'evict') {
        // As the API server does: a precondition that fails ends the turn.
        const { uid, resourceVersion } = write.precondition;
        if (!written.has(uid) && versions.get(uid) !== resourceVersion) return;
        written.add(uid);
      }
      this.cluster.apply(write, this.now);
    }
    if (
      versions.get(snapshot.rollout.metadata.uid) ===
      snapshot.rollout.metadata.resourceVersion
    ) {
      checkStatus(snapshot.rollout.status ?? {}, plan.status, snapshot);
      this.cluster.setStatus(plan.status);
    }
  }

  play(happening: Happening) {
    const { cluster } = this;
    switch (happening.do) {
      case 'wait':
        this.run(happening.seconds);
        return;
      case 'turn':
        this.turn();
        return;
      case 'stale':
        this.#stale = cluster.snapshot(this.now);
        return;
      case 'crash':
        cluster.crash(this.now);
        return;
      default:
        cluster.edit(({ spec, status = {} }) => {
          switch (happening.do) {
            case 'deploy': {
              const container = spec.template?.spec.containers[0];
              if (container) container.image = `demo/x:${happening.tag}`;
              return;
            }
            case 'scale':
              spec.replicas = happening.replicas;
              return;
            case 'abort':
              status.abort = true;
              return;
            case 'retry':
              status.abort = false;
              return;
            case 'promote':
              status.pauseConditions = undefined;
              spec.paused = undefined;
              return;
            case 'promoteFull':
              if (status.currentPodHash !== status.stableRS) {
                status.promoteFull = true;
              }
              return;
            case 'pause':
              spec.paused = true;
              return;
            case 'resume':
              spec.paused = undefined;
              return;
            default:
              spec.restartAt = new Date(this.now).toISOString();
          }
        });
    }
  }
}

describe('invariants of a rollout, whatever happens to it', () => {
  it('hold for every single write (I1, I2, I4) and status (I3, I6)', () => {
    fc.assert(
      fc.property(randomRun(fc), run => {
        const player = new Player(clusterOf(run));
        for (const happening of run.happenings) player.play(happening);

        expect(() => player.run(SETTLE_SECONDS)).not.toThrow();
      }),
      { numRuns: Number(process.env.INVARIANT_RUNS ?? 150) },
    );
  });

  it('and it comes to rest: planning again changes nothing (I5, I10)', () => {
    fc.assert(
      fc.property(randomRun(fc), run => {
        const player = new Player(clusterOf(run));
        for (const happening of run.happenings) player.play(happening);
        player.run(SETTLE_SECONDS);
        const { cluster, now } = player;

        const plan = planRollout(cluster.snapshot(now), now);

        expect(plan.writes).toEqual([]);
        expect(plan.status).toEqual(cluster.rollout.status);
      }),
      { numRuns: Number(process.env.INVARIANT_RUNS ?? 60) },
    );
  });
});
