import { planRollout } from '../../rollout/planRollout';
import type { RolloutSnapshot } from '../../rollout/snapshot';
import { simulate } from '../simulate';
import type { CheckedCluster } from './checkedCluster';
import { checkStatus } from './checkStatus';
import { START } from './demo';
import type { Happening } from './randomRun';

/** Plays what happens in a run, and looks at every status on the way. */
export class Player {
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
    this.cluster.view = snapshot;
    try {
      this.#turnOn(snapshot);
    } finally {
      this.cluster.view = undefined;
    }
  }

  #turnOn(snapshot: RolloutSnapshot) {
    const current = this.cluster.snapshot(this.now);
    const versions = new Map(
      [
        current.rollout,
        ...current.replicaSets,
        ...current.analysisRuns,
        ...current.experiments,
        ...Object.values(current.services),
        ...Object.values(current.routes),
      ].map(({ metadata }) => [metadata.uid, metadata.resourceVersion]),
    );
    const { memory } = this.cluster;
    const plan = planRollout(snapshot, this.now, { memory });
    const written = new Set<string>();
    this.cluster.planned(plan);
    for (const write of plan.writes) {
      if (write.verb === 'create') {
        const { name } = write.object.metadata;
        const exists =
          this.cluster.replicaSets.has(name) ||
          this.cluster.experiments.has(name) ||
          this.cluster.analysisRuns.has(name) ||
          [...this.cluster.routes.values()].some(
            ({ kind, metadata }) =>
              kind === write.object.kind && metadata.name === name,
          );
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
      case 'loseStable':
        cluster.loseStable();
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
            case 'migrate': {
              const { name } = spec.template?.spec.containers[0] ?? {};
              spec.strategy = spec.strategy?.blueGreen
                ? { canary: { steps: [{ setWeight: 40 }, { pause: {} }] } }
                : {
                    blueGreen: {
                      activeService: `${name}-active`,
                      previewService: `${name}-preview`,
                    },
                  };
              return;
            }
            case 'spoil':
              spec.progressDeadlineSeconds = -1;
              return;
            case 'mend':
              spec.progressDeadlineSeconds = undefined;
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
