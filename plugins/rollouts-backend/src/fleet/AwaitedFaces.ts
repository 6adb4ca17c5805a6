import type { FleetWait } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetFace } from './FleetFace';

/** What goes no further until its owners do something, by the owners. */
export class AwaitedFaces {
  readonly #byOwner = new Map<string, Set<FleetFace>>();

  add(face: FleetFace): void {
    for (const owner of ownersAwaited(face.row.waits)) {
      const faces = this.#byOwner.get(owner) ?? new Set();
      this.#byOwner.set(owner, faces.add(face));
    }
  }

  remove(face: FleetFace): void {
    for (const owner of ownersAwaited(face.row.waits)) {
      const faces = this.#byOwner.get(owner);
      faces?.delete(face);
      if (faces?.size === 0) {
        this.#byOwner.delete(owner);
      }
    }
  }

  /** Each once, also where it waits for several of them. */
  of(ownerRefs: Iterable<string>): FleetFace[] {
    const faces = new Set<FleetFace>();
    for (const owner of ownerRefs) {
      for (const face of this.#byOwner.get(owner) ?? []) {
        faces.add(face);
      }
    }
    return [...faces];
  }
}

/** Of what waits for an approval, who may give it is known by the requests themselves. */
function ownersAwaited(waits: FleetWait | undefined): readonly string[] {
  return waits && waits.for !== 'approval' ? waits.of : [];
}
