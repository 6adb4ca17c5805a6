import type { RolloutContext } from '../context';
import { hashesReferredByCanary } from '../canary/references';
import type { Revision } from '../revisions/revision';
import { formerServices } from './formerServices';
import { selectedHash } from './selectedHash';

/** A service or a route of the strategy leads to this revision, as far as is seen. */
export function isReferred(
  context: RolloutContext,
  revision: Revision,
): boolean {
  const { rollout, snapshot } = context;
  const { canary, blueGreen } = rollout.spec.strategy ?? {};
  const hashes = [
    ...(canary ? hashesReferredByCanary(context) : []),
    ...[blueGreen?.activeService, blueGreen?.previewService].map(name =>
      selectedHash(snapshot.services[name ?? '']),
    ),
    ...formerServices(snapshot).map(selectedHash),
  ];
  return revision.hash !== '' && hashes.includes(revision.hash);
}
