import type {
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseImage } from '../format/image';
import type { Translate } from '../translation/ref';
import { earlierRevisions, type ActionInput } from './actionInput';

/**
 * What an undo to another revision than the one before does; the backend's
 * own sentences are about that one. Undefined where they hold.
 */
export function otherRevision(
  rollout: Pick<RolloutDetail, 'revisions' | 'revision'>,
  action: RolloutAction,
  { toRevision }: ActionInput,
  t: Translate,
): string[] | undefined {
  const [before, ...others] = earlierRevisions(rollout);
  const chosen = others.find(({ revision }) => revision === toRevision);
  if (action !== 'undo' || !chosen || before?.revision === toRevision) {
    return undefined;
  }
  const revision = t('actions.undo.revision', {
    revision: String(chosen.revision),
    images: chosen.images
      .map(({ image }) => parseImage(image).version)
      .join(', '),
  });
  return [t('actions.undo.consequence', { revision })];
}
