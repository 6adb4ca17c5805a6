import {
  defaultUndo,
  type RolloutAction,
  type RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseImage } from '../format/image';
import type { Translate } from '../translation/ref';
import { earlierRevisions, type ActionInput } from './actionInput';

/**
 * What an undo to another revision than the default is called, and what it
 * does; the backend's own words are about that one. Undefined where they hold.
 */
export function otherRevision(
  rollout: Pick<RolloutDetail, 'revisions' | 'revision'>,
  action: RolloutAction,
  { toRevision }: ActionInput,
  t: Translate,
): { label: string; consequences: string[] } | undefined {
  const usual = defaultUndo(rollout.revisions, rollout.revision);
  const chosen = earlierRevisions(rollout).find(
    ({ revision }) => revision === toRevision,
  );
  if (action !== 'undo' || !chosen || usual === chosen) {
    return undefined;
  }
  const which = {
    revision: String(chosen.revision),
    images: chosen.images
      .map(({ image }) => parseImage(image).version)
      .join(', '),
  };
  const revision = t('actions.undo.revision', which);
  return {
    label: t('actions.undo.label', which),
    consequences: [t('actions.undo.consequence', { revision })],
  };
}
