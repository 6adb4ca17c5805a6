import {
  fleetText,
  type FleetSort,
  type Rollout,
  type RolloutRef,
  type RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntitySelection } from '../entities/EntitySelection';
import { AwaitedFaces } from './AwaitedFaces';
import { EntityCounts } from './EntityCounts';
import type { FleetFace } from './FleetFace';
import { fleetRow } from './fleetRow';
import { FormerFaces } from './FormerFaces';
import { SortedFaces } from './SortedFaces';

/** How long rows are made before others get their turn. */
const SLICE_MILLISECONDS = 8;

export interface FleetIndexOptions {
  /** `undefined` when it is gone. */
  describe: (
    key: string,
  ) => { rollout: Rollout; summary: RolloutSummary } | undefined;
  /** The entities that it belongs to and that the operator's map does not refuse, in order. */
  grounds: (key: string) => EntitySelection[];
  /** Refs of those whose approval is asked for; empty when nobody has asked. */
  approversOf: (key: string) => readonly string[];
  /** Resolves when others had their turn. */
  turn: () => Promise<void>;
  /** Milliseconds, for measuring slices. */
  now: () => number;
  onChange: (change: FleetChange) => void;
  /** A row could not be made; the one before stays. */
  onProblem: (key: string, error: unknown) => void;
}

/** What a reader may have to be told. */
export interface FleetChange {
  revision: number;
  /** Faces as they are now. */
  faces: FleetFace[];
  /** Faces that are no more, or were otherwise before. */
  former: FleetFace[];
}

/**
 * All rollouts as rows, in the orders that people ask for. Rows are made when
 * something changes, a slice at a time, and not when somebody looks.
 */
export class FleetIndex {
  readonly #options: FleetIndexOptions;
  readonly #faces = new Map<string, FleetFace[]>();
  readonly #changedAt = new Map<string, number>();
  readonly #orders = new Map<FleetSort, SortedFaces>();
  readonly #awaited = new AwaitedFaces();
  readonly #entities = new EntityCounts();
  readonly #former = new FormerFaces();
  readonly #dirty = new Set<string>();
  #revision = 0;
  #working?: Promise<void>;

  constructor(options: FleetIndexOptions) {
    this.#options = options;
  }

  /** Grows with each change. */
  get revision(): number {
    return this.#revision;
  }

  /** Entities that some row stands on the ground of. */
  get entityRefs(): Iterable<string> {
    return this.#entities.refs;
  }

  /** Grows with each entity that comes to them; equal numbers mean none came. */
  get entitiesAdded(): number {
    return this.#entities.added;
  }

  /** Resolves when every change so far is in the rows. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** These may have changed. */
  touch(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#dirty.add(key);
    }
    if (this.#dirty.size > 0 && !this.#working) {
      this.#working = this.#work().finally(() => {
        this.#working = undefined;
        // What was touched after the last look.
        this.touch([]);
      });
    }
  }

  facesOf(key: string): readonly FleetFace[] {
    return this.#faces.get(key) ?? [];
  }

  sorted(sort: FleetSort): readonly FleetFace[] {
    let order = this.#orders.get(sort);
    if (!order) {
      order = new SortedFaces(sort, [...this.#faces.values()].flat());
      this.#orders.set(sort, order);
    }
    return order.faces;
  }

  /** What goes no further until one of these owners does something. */
  waitingFor(ownerRefs: Iterable<string>): FleetFace[] {
    return this.#awaited.of(ownerRefs);
  }

  /** What changed after a revision; `undefined` when that is not known any more. */
  since(revision: number): Pick<FleetChange, 'faces' | 'former'> | undefined {
    const former = this.#former.since(revision);
    if (revision > this.#revision || former === undefined) {
      return undefined;
    }
    const faces = [...this.#changedAt].flatMap(([key, at]) =>
      at > revision ? this.facesOf(key) : [],
    );
    return { faces, former };
  }

  async #work(): Promise<void> {
    // Not at once: whoever told of the change first finishes what they do.
    await this.#options.turn();
    while (this.#dirty.size > 0) {
      const change: FleetChange = {
        revision: this.#revision + 1,
        faces: [],
        former: [],
      };
      const until = this.#options.now() + SLICE_MILLISECONDS;
      for (const key of this.#dirty) {
        this.#dirty.delete(key);
        try {
          this.#update(key, change);
        } catch (error) {
          this.#options.onProblem(key, error);
        }
        if (this.#options.now() >= until) {
          break;
        }
      }
      if (change.faces.length + change.former.length > 0) {
        this.#revision = change.revision;
        this.#options.onChange(change);
      }
      await this.#options.turn();
    }
  }

  #update(key: string, change: FleetChange): void {
    const before = this.facesOf(key);
    const after = this.#make(key);
    if (
      before.length === after.length &&
      before.every((face, at) => face.json === after[at]!.json)
    ) {
      return;
    }
    before.forEach(face => this.#remove(face));
    after.forEach(face => this.#add(face));
    if (after.length > 0) {
      this.#faces.set(key, after);
      this.#changedAt.set(key, change.revision);
    } else {
      this.#faces.delete(key);
      this.#changedAt.delete(key);
    }
    this.#former.add(before, change.revision);
    change.faces.push(...after);
    change.former.push(...before);
  }

  #make(key: string): FleetFace[] {
    const described = this.#options.describe(key);
    if (!described) {
      return [];
    }
    const { rollout, summary } = described;
    const grounds = this.#options.grounds(key);
    const refs = grounds.map(({ entityRef }) => entityRef);
    const approvers = this.#options.approversOf(key);
    return (grounds.length > 0 ? grounds : [undefined]).map((ground, at) => {
      const row = fleetRow(rollout, summary, ground, approvers);
      return {
        key,
        row,
        json: JSON.stringify(row),
        text: fleetText(row),
        after: refs.slice(0, at),
      };
    });
  }

  #add(face: FleetFace): void {
    this.#orders.forEach(order => order.add(face));
    this.#awaited.add(face);
    this.#entities.add(face.row.entityRef);
  }

  #remove(face: FleetFace): void {
    this.#orders.forEach(order => order.remove(face));
    this.#awaited.remove(face);
    this.#entities.remove(face.row.entityRef);
  }
}

/** The addresses of faces, each once. */
export function refsOf(faces: Iterable<FleetFace>): RolloutRef[] {
  const refs = new Map<string, RolloutRef>();
  for (const { key, row } of faces) {
    refs.set(key, row.ref);
  }
  return [...refs.values()];
}
