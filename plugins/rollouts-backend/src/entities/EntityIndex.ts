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
  readonly #claims = new Map<string, Set<string>>();
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

  /** All entities that bear a kubernetes-id, those that select by labels included. */
  claimants(kubernetesId: string): EntitySelection[] {
    return [...(this.#claims.get(kubernetesId) ?? [])].flatMap(
      ref => this.selection(ref) ?? [],
    );
  }

  rolloutKeys(entityRef: string): string[] {
    return [...(this.#rolloutsOf.get(entityRef) ?? [])].sort();
  }

  entitiesWithRollouts(): string[] {
    return [...this.#rolloutsOf.keys()];
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
    const { kubernetesId, labelSelector } = selection;
    if (kubernetesId !== undefined) {
      addTo(this.#claims, kubernetesId, ref);
    }
    if (labelSelector !== undefined) {
      this.#bySelector.add(ref);
    } else if (kubernetesId !== undefined) {
      addTo(this.#byId, kubernetesId, ref);
    }
  }

  #forget(ref: string, selection: EntitySelection): void {
    this.#entities.delete(ref);
    this.#bySelector.delete(ref);
    if (selection.kubernetesId !== undefined) {
      removeFrom(this.#claims, selection.kubernetesId, ref);
      removeFrom(this.#byId, selection.kubernetesId, ref);
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
        removeFrom(this.#rolloutsOf, ref, key);
      }
    }
    for (const ref of after) {
      addTo(this.#rolloutsOf, ref, key);
    }
    if (after.length > 0) {
      this.#entitiesOf.set(key, after);
    } else {
      this.#entitiesOf.delete(key);
    }
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string) {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}

function removeFrom(
  sets: Map<string, Set<string>>,
  key: string,
  value: string,
) {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) {
    sets.delete(key);
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
