import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { selectedHash } from '../services/selectedHash';
import { switchService } from '../services/switchService';
import { blueGreenOf, selectedRevision, type BlueGreenGoal } from './goal';
import { canServe, canTakeOver } from './serving';

/** Who the active service is to select in this turn, and why. */
function nextActive(
  context: RolloutContext,
  { mode, active, fast, frozen }: BlueGreenGoal,
  approved: boolean,
): { revision: Revision; why: string } | undefined {
  const { current, stable, draft } = context;
  if (mode === 'initial') {
    return canServe(context, current) && !frozen
      ? { revision: current, why: 'it is available' }
      : undefined;
  }
  if (!stable) return undefined;
  if (mode === 'promoted' || mode === 'aborted') {
    if (active === stable) return undefined;
    if (canTakeOver(context, active)) {
      return { revision: stable, why: 'it is stable' };
    }
    draft.because(
      `stable has ${stable.available} of ${context.replicas} pods available: the active service waits for it`,
    );
    return undefined;
  }
  if (mode === 'active') return undefined;
  if (approved && !frozen && canServe(context, current)) {
    const why = fast
      ? `${fast.charAt(0).toLocaleLowerCase('en')}${fast.slice(1)}`
      : 'it is promoted';
    return { revision: current, why };
  }
  // A service that is taken over may select the preview's pods, too.
  return active === undefined && canTakeOver(context, undefined)
    ? { revision: stable, why: 'it is stable' }
    : undefined;
}

/**
 * Moves the active service, and never to a revision that cannot serve.
 *
 * @param approved - pause and analysis let the current revision have it
 * @returns who it selects once that is written
 */
export function switchActiveService(
  context: RolloutContext,
  goal: BlueGreenGoal,
  approved: boolean,
): Revision | undefined {
  const next = nextActive(context, goal, approved);
  if (!next) return goal.active;
  const { activeService } = blueGreenOf(context);
  switchService(context, activeService, next.revision, next.why);
  return next.revision;
}

/**
 * The preview service selects the newest revision from the moment it exists:
 * it leads testers there, not users. After an abort it stays, to look into
 * what failed, until those pods go.
 */
export function switchPreviewService(
  context: RolloutContext,
  { mode, frozen }: BlueGreenGoal,
): Revision | undefined {
  const { previewService } = blueGreenOf(context);
  const { current, stable } = context;
  if (previewService === undefined) return undefined;
  const selected = selectedRevision(context, previewService);
  if (mode === 'aborted') {
    if (!stable || selected === stable) return selected;
    if (selected === current && current.replicas > 0) return selected;
    switchService(context, previewService, stable, 'there is no preview');
    return stable;
  }
  if (frozen || selected === current) return selected;
  switchService(
    context,
    previewService,
    current,
    mode === 'promoted' ? 'there is no preview' : 'it is the newest revision',
  );
  return current;
}

/** Notes in the status who is behind which service. */
export function recordSelectors(
  context: RolloutContext,
  active: Revision | undefined,
  preview: Revision | undefined,
): void {
  const { activeService, previewService = '' } = blueGreenOf(context);
  const { draft, snapshot } = context;
  draft.status.blueGreen = {
    ...draft.status.blueGreen,
    activeSelector:
      active?.hash ?? selectedHash(snapshot.services[activeService]),
    previewSelector:
      preview?.hash ?? selectedHash(snapshot.services[previewService]),
  };
}
