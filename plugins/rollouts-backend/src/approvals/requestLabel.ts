import type {
  CreateApprovalRequest,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { imageTag } from '../actions/imageTag';

const LONGEST = 253;

/**
 * What is asked for, in words: "Set image: app = demo/colors:red", "Undo to
 * revision 2 (blue)"; at most 253 characters.
 */
export function requestLabel(
  {
    action,
    images,
    toRevision,
    analysisRun,
  }: Pick<
    CreateApprovalRequest,
    'action' | 'images' | 'toRevision' | 'analysisRun'
  >,
  { actions, revisions }: Pick<RolloutDetail, 'actions' | 'revisions'>,
): string {
  if (toRevision !== undefined) {
    const tags = revisions
      .find(({ revision }) => revision === toRevision)
      ?.images.flatMap(({ image }) => imageTag(image) ?? []);
    const named = tags?.length ? ` (${tags.join(', ')})` : '';
    return `Undo to revision ${toRevision}${named}`.slice(0, LONGEST);
  }
  const label = actions.find(each => each.action === action)?.label ?? action;
  const what = [
    ...(images ?? []).map(({ container, image }) => `${container} = ${image}`),
    ...(analysisRun === undefined ? [] : [analysisRun]),
  ].join(', ');
  return (what ? `${label}: ${what}` : label).slice(0, LONGEST);
}
