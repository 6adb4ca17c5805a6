import {
  comparePositions,
  fleetPosition,
  type FleetPosition,
  type FleetSort,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetFace } from './FleetFace';

interface Placed {
  position: FleetPosition;
  face: FleetFace;
}

/** Faces in one order, kept in order as they come and go. */
export class SortedFaces {
  readonly #sort: FleetSort;
  #placed: Placed[] = [];
  #faces: FleetFace[] | undefined;

  constructor(sort: FleetSort, faces: Iterable<FleetFace>) {
    this.#sort = sort;
    this.#placed = Array.from(faces, face => this.#place(face)).sort(compare);
  }

  /** All of them, in order. Not to be changed. */
  get faces(): readonly FleetFace[] {
    this.#faces ??= this.#placed.map(({ face }) => face);
    return this.#faces;
  }

  add(face: FleetFace): void {
    const placed = this.#place(face);
    this.#placed.splice(this.#firstNotBefore(placed), 0, placed);
    this.#faces = undefined;
  }

  remove(face: FleetFace): void {
    // Faces of one rollout share a position when its entities share an owner.
    for (
      let at = this.#firstNotBefore(this.#place(face));
      at < this.#placed.length;
      at++
    ) {
      if (this.#placed[at]!.face === face) {
        this.#placed.splice(at, 1);
        this.#faces = undefined;
        return;
      }
    }
  }

  #place(face: FleetFace): Placed {
    return { face, position: fleetPosition(face.row, this.#sort) };
  }

  #firstNotBefore(placed: Placed): number {
    let low = 0;
    let high = this.#placed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#placed[middle]!, placed) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function compare(a: Placed, b: Placed): number {
  return comparePositions(a.position, b.position);
}
