import type {
  ActionLock,
  ClusterView,
  RevisionOutcome,
  Rollout,
  RolloutAction,
  RolloutDetail,
  RolloutSummary,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from '@progressive-delivery/delivery';
import type { Clock } from '@progressive-delivery/kube';
import type { Cluster } from '../clusters/Cluster';
import { EntityIndex, rolloutKey } from '../entities/EntityIndex';
import type { EntitySelection } from '../entities/EntitySelection';
import type { GateChange } from '../gates/ActionGate';
import { collectSources } from './collectSources';
import { rolloutDetail } from './rolloutDetail';
import { revisionOutcomes, type RevisionOutcomes } from './revisionOutcomes';
import { rolloutSummary } from './rolloutSummary';
import { RecentlyUsed } from './RecentlyUsed';

export interface RolloutViewsOptions {
  cluster: (name: string) => Cluster | undefined;
  clusters: () => Cluster[];
  actionsOf: (uid: string) => TimelineEntry[];
  /** How updates to a rollout's revisions ended, by the history. */
  recordedOf?: (
    cluster: string,
    uid: string,
  ) => ReadonlyMap<string, RevisionOutcome>;
  /** What keeps an action from everybody for now; nothing when left out. */
  locksOf?: (
    cluster: string,
    rollout: Rollout,
    action: RolloutAction,
  ) => ActionLock[];
  /** The freeze that keeps one from going on by itself, if one does. */
  holdOf?: (cluster: string, rollout: Rollout) => Hold | undefined;
  clock: Clock;
  /** How long changes are gathered before those who look are told; default 50 ms. */
  gatherMilliseconds?: number;
}

/** A detail with its JSON, made once for all who read it. */
export interface SerialisedDetail {
  detail: RolloutDetail;
  json: string;
}

/** Which views may have changed. */
export interface ViewChange {
  entityRefs: ReadonlySet<string>;
  /** `cluster/namespace/name` of rollouts; all when entities or freezes changed. */
  keys: ReadonlySet<string>;
  entities: boolean;
  clusters: boolean;
}

/**
 * The views of all rollouts, made when somebody asks and kept until something
 * they are made of changes.
 */
export class RolloutViews {
  readonly index = new EntityIndex();
  readonly #options: RolloutViewsOptions;
  readonly #rollouts = new Map<string, { cluster: string; rollout: Rollout }>();
  readonly #summaries = new Map<string, RolloutSummary>();
  readonly #details = new RecentlyUsed<string, SerialisedDetail>(500);
  readonly #listeners = new Set<(change: ViewChange) => void>();
  readonly #staleness = new Map<string, string>();
  #changed = noChange();
  #scheduled = false;

  constructor(options: RolloutViewsOptions) {
    this.#options = options;
  }

  get keys(): string[] {
    return [...this.#rollouts.keys()];
  }

  rollout(key: string): Rollout | undefined {
    return this.#rollouts.get(key)?.rollout;
  }

  summary(key: string): RolloutSummary | undefined {
    const cached = this.#summaries.get(key);
    if (cached) {
      return cached;
    }
    const sources = this.sources(key);
    const summary = sources && rolloutSummary(sources);
    if (summary) {
      this.#summaries.set(key, summary);
    }
    return summary;
  }

  detail(key: string): SerialisedDetail | undefined {
    const cached = this.#details.get(key);
    if (cached) {
      return cached;
    }
    const sources = this.sources(key);
    const summary = this.summary(key);
    if (!sources || !summary) {
      return undefined;
    }
    const detail = rolloutDetail(sources, summary);
    const made = { detail, json: JSON.stringify(detail) };
    this.#details.set(key, made);
    return made;
  }

  clusterViews(only?: string): ClusterView[] {
    return this.#options
      .clusters()
      .filter(({ name }) => only === undefined || name === only)
      .map(({ view }) => view)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Calls back, some milliseconds after changes, once for all of them. */
  subscribe(listener: (change: ViewChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  setEntities(selections: EntitySelection[]): void {
    const changed = this.index.setEntities(selections);
    if (changed.length > 0) {
      // Entity refs are part of every summary.
      this.#summaries.clear();
      this.#details.clear();
      this.#changed.keys = new Set(this.#rollouts.keys());
      this.#changed.entities = true;
      this.#announce(changed);
    }
  }

  rolloutChanged(cluster: string, rollout: Rollout, gone: boolean): void {
    const key = rolloutKey(cluster, rollout);
    const entry = gone ? undefined : { cluster, rollout };
    if (entry) {
      this.#rollouts.set(key, entry);
    } else {
      this.#rollouts.delete(key);
    }
    this.#forget(key);
    this.#announce(this.index.setRollout(key, entry));
  }

  /** What is known of how updates to the revisions of a rollout ended. */
  outcomes(cluster: string, rollout: Rollout): RevisionOutcomes {
    const sources = this.sources(rolloutKey(cluster, rollout));
    return sources?.rollout.metadata.uid === rollout.metadata.uid && sources
      ? revisionOutcomes(sources)
      : new Map();
  }

  /** People did something there, or the history has more to tell. */
  recorded(key: string): void {
    this.#forget(key);
    this.#announce([...this.index.entityRefs(key)]);
  }

  /** A gate may answer otherwise from now on. */
  locksChanged(change: GateChange): void {
    if (change === 'all') {
      // A freeze is part of the sentence.
      this.#summaries.clear();
      this.#details.clear();
      this.#changed.keys = new Set(this.#rollouts.keys());
      this.#announce(this.index.entitiesWithRollouts());
      return;
    }
    for (const key of change.keys) {
      this.#details.delete(key);
      this.#announce([...this.index.entityRefs(key)]);
    }
  }

  clusterChanged(name: string): void {
    const cluster = this.#options.cluster(name);
    const { state, message } = cluster?.health ?? {};
    const staleness = JSON.stringify([state, message, cluster?.acting]);
    if (this.#staleness.get(name) !== staleness) {
      this.#staleness.set(name, staleness);
      for (const [key, entry] of this.#rollouts) {
        if (entry.cluster === name) {
          this.#forget(key);
        }
      }
    }
    this.#changed.clusters = true;
    this.#schedule();
  }

  clusterRemoved(name: string): void {
    for (const { cluster, rollout } of [...this.#rollouts.values()]) {
      if (cluster === name) {
        this.rolloutChanged(cluster, rollout, true);
      }
    }
    this.#changed.clusters = true;
    this.#schedule();
  }

  /** What a rollout's view is made of. */
  sources(key: string) {
    const entry = this.#rollouts.get(key);
    const cluster = entry && this.#options.cluster(entry.cluster);
    return (
      entry &&
      cluster &&
      collectSources({
        cluster,
        rollout: entry.rollout,
        entityRefs: this.index.entityRefs(key),
        actions: this.#options.actionsOf(entry.rollout.metadata.uid ?? ''),
        recorded:
          this.#options.recordedOf?.(
            entry.cluster,
            entry.rollout.metadata.uid ?? '',
          ) ?? new Map(),
        locksOf: action =>
          this.#options.locksOf?.(entry.cluster, entry.rollout, action) ?? [],
        holdOf: () => this.#options.holdOf?.(entry.cluster, entry.rollout),
      })
    );
  }

  #forget(key: string): void {
    this.#summaries.delete(key);
    this.#details.delete(key);
    this.#changed.keys.add(key);
  }

  #announce(entityRefs: string[]): void {
    for (const ref of entityRefs) {
      this.#changed.entityRefs.add(ref);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#listeners.size === 0) {
      return;
    }
    this.#scheduled = true;
    this.#options.clock.after(this.#options.gatherMilliseconds ?? 50, () => {
      const change = this.#changed;
      this.#changed = noChange();
      this.#scheduled = false;
      for (const listener of this.#listeners) {
        listener(change);
      }
    });
  }
}

function noChange() {
  return {
    entityRefs: new Set<string>(),
    keys: new Set<string>(),
    entities: false,
    clusters: false,
  };
}
