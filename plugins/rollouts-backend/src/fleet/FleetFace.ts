import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * A rollout as those see it who see it on the ground of one of its entities.
 * Most have one face. A reader is shown the first that they may see, so that
 * a row never names an entity that is hidden from them.
 */
export interface FleetFace {
  /** `cluster/namespace/name` */
  key: string;
  row: FleetRow;
  /** JSON of `row`, made once for all who read it. */
  json: string;
  /** What words are looked for in. */
  text: string;
  /** Entities whose faces of the same rollout come before this one. */
  after: readonly string[];
}

/** What decides whether somebody sees a face. */
export interface Sight {
  /** @param entityRef - `undefined` for rollouts that belong to no entity */
  sees(entityRef: string | undefined): boolean;
}

/** Whether this is the face that the reader is shown. */
export function isShown(face: FleetFace, sight: Sight): boolean {
  return (
    sight.sees(face.row.entityRef) && !face.after.some(ref => sight.sees(ref))
  );
}
