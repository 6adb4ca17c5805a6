import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { KUBERNETES_ID, type EntitySelection } from './EntitySelection';
import { parseLabelSelector } from './labelSelector';

/** A rollout of one of the clusters. */
export interface IndexedRollout {
  cluster: string;
  rollout: Rollout;
}

/** `cluster/namespace/name` */
export function rolloutKey(cluster: string, rollout: Rollout): string {
  return `${cluster}/${rollout.metadata.namespace ?? ''}/${rollout.metadata.name}`;
}

interface KnownEntity {
  selection: EntitySelection;
  matches: (labels: Record<string, string>) => boolean;
  /** Why the entity's own annotation cannot be read. */
  problem?: string;
}

/**
 * Which rollouts belong to which catalog entities. Kept up to date from both
 * sides: one rollout or one entity at a time, so that a change costs what
 * changed and not the whole fleet.
 */
export class EntityIndex {
  readonly #entities = new Map<string, KnownEntity>();
  readonly #byId = new Map<string, Set<string>>();
  readonly #bySelector = new Set<string>();
  readonly #rollouts = new Map<string, IndexedRollout>();
  readonly #entitiesOf = new Map<string, readonly string[]>();
  readonly #rolloutsOf = new Map<string, Set<string>>();

  selection(entityRef: string): EntitySelection | undefined {
    return this.#entities.get(entityRef)?.selection;
  }

  /** What is wrong with the entity's annotation, if anything. */
  problem(entityRef: string): string | undefined {
    return this.#entities.get(entityRef)?.problem;
  }

  rolloutKeys(entityRef: string): string[] {
    return [...(this.#rolloutsOf.get(entityRef) ?? [])].sort();
  }

  entityRefs(key: string): readonly string[] {
    return this.#entitiesOf.get(key) ?? [];
  }

  /** Puts a rollout in, or, with `undefined`, takes it out. Returns the entities that are affected. */
  setRollout(key: string, entry: IndexedRollout | undefined): string[] {
    const before = this.entityRefs(key);
    if (entry) {
      this.#rollouts.set(key, entry);
    } else {
      this.#rollouts.delete(key);
    }
    const after = entry ? this.#match(entry) : [];
    this.#assign(key, before, after);
    return [...new Set([...before, ...after])];
  }

  /** Replaces all entities. Returns those whose rollouts may have changed. */
  setEntities(selections: EntitySelection[]): string[] {
    const wanted = new Map(selections.map(s => [s.entityRef, s]));
    const changed = new Set<string>();
    for (const [ref, known] of this.#entities) {
      if (JSON.stringify(known.selection) !== JSON.stringify(wanted.get(ref))) {
        this.#forget(ref, known.selection);
        changed.add(ref);
      }
    }
    for (const [ref, selection] of wanted) {
      if (!this.#entities.has(ref)) {
        this.#learn(ref, selection);
        changed.add(ref);
      }
    }
    if (changed.size > 0) {
      for (const [key, entry] of this.#rollouts) {
        this.#assign(key, this.entityRefs(key), this.#match(entry));
      }
    }
    return [...changed];
  }

  #learn(ref: string, selection: EntitySelection): void {
    this.#entities.set(ref, { selection, ...readSelector(selection) });
    if (selection.labelSelector !== undefined) {
      this.#bySelector.add(ref);
    } else if (selection.kubernetesId !== undefined) {
      const refs = this.#byId.get(selection.kubernetesId) ?? new Set();
      this.#byId.set(selection.kubernetesId, refs.add(ref));
    }
  }

  #forget(ref: string, selection: EntitySelection): void {
    this.#entities.delete(ref);
    this.#bySelector.delete(ref);
    if (selection.kubernetesId !== undefined) {
      const refs = this.#byId.get(selection.kubernetesId);
      refs?.delete(ref);
      if (refs?.size === 0) {
        this.#byId.delete(selection.kubernetesId);
      }
    }
  }

  #match({ cluster, rollout }: IndexedRollout): string[] {
    const labels = rollout.metadata.labels ?? {};
    const id = Object.hasOwn(labels, KUBERNETES_ID)
      ? labels[KUBERNETES_ID]
      : undefined;
    const candidates = [
      ...(id === undefined ? [] : (this.#byId.get(id) ?? [])),
      ...this.#bySelector,
    ];
    return candidates
      .filter(ref => {
        const known = this.#entities.get(ref);
        if (!known) {
          return false;
        }
        const { selection } = known;
        return (
          (selection.cluster ?? cluster) === cluster &&
          (selection.namespace ?? rollout.metadata.namespace) ===
            rollout.metadata.namespace &&
          known.matches(labels)
        );
      })
      .sort();
  }

  #assign(key: string, before: readonly string[], after: string[]): void {
    for (const ref of before) {
      if (!after.includes(ref)) {
        const keys = this.#rolloutsOf.get(ref);
        keys?.delete(key);
        if (keys?.size === 0) {
          this.#rolloutsOf.delete(ref);
        }
      }
    }
    for (const ref of after) {
      const keys = this.#rolloutsOf.get(ref) ?? new Set();
      this.#rolloutsOf.set(ref, keys.add(key));
    }
    if (after.length > 0) {
      this.#entitiesOf.set(key, after);
    } else {
      this.#entitiesOf.delete(key);
    }
  }
}

/** A label selector wins over the id, as in Backstage's Kubernetes plugin. */
function readSelector({
  labelSelector,
  kubernetesId,
}: EntitySelection): Pick<KnownEntity, 'matches' | 'problem'> {
  if (labelSelector === undefined) {
    return { matches: labels => labels[KUBERNETES_ID] === kubernetesId };
  }
  try {
    return { matches: parseLabelSelector(labelSelector) };
  } catch (error) {
    return {
      matches: () => false,
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
