import type { FleetFace } from './FleetFace';

/** How many that went are remembered, for readers who come back. */
const MOST_REMEMBERED = 2_000;

/** Faces that are no more, or were otherwise before, with the revision that ended them. */
export class FormerFaces {
  #faces: { face: FleetFace; revision: number }[] = [];
  #forgottenUpTo = 0;

  add(faces: readonly FleetFace[], revision: number): void {
    this.#faces.push(...faces.map(face => ({ face, revision })));
    if (this.#faces.length > MOST_REMEMBERED) {
      const forgotten = this.#faces.length - MOST_REMEMBERED / 2;
      this.#forgottenUpTo = this.#faces[forgotten - 1]!.revision;
      this.#faces = this.#faces.slice(forgotten);
    }
  }

  /** Those that went after a revision; `undefined` when that is not known any more. */
  since(revision: number): FleetFace[] | undefined {
    return revision < this.#forgottenUpTo
      ? undefined
      : this.#faces
          .filter(each => each.revision > revision)
          .map(({ face }) => face);
  }
}
