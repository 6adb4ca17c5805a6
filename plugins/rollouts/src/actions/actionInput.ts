import {
  defaultUndo,
  isImageReference,
  type ActionDetails,
  type ActionRequest,
  type RevisionView,
  type RolloutAction,
  type RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What a person may fill in before they confirm. */
export type ActionInput = Pick<
  ActionRequest,
  'reason' | 'images' | 'toRevision' | 'analysisRun' | 'emergency'
>;

/** Why the input cannot be sent as it is. */
export type InputProblem =
  | 'imageEmpty'
  | 'imageSpaces'
  | 'imageMalformed'
  | 'imageSame'
  | 'noRevision'
  | 'noReason';

/** Revisions that can be brought back, newest first. */
export function earlierRevisions(
  rollout: Pick<RolloutDetail, 'revisions' | 'revision'>,
): RevisionView[] {
  return rollout.revisions
    .filter(({ revision }) => revision !== rollout.revision)
    .sort((a, b) => b.revision - a.revision);
}

/**
 * The input a dialog opens with.
 * @param approved - what an approval that unlocked the action was about
 */
export function initialInput(
  action: RolloutAction,
  rollout: Pick<RolloutDetail, 'images' | 'revisions' | 'revision'>,
  analysisRun?: string,
  approved?: ActionDetails,
): ActionInput {
  if (approved && (approved.images || approved.toRevision !== undefined)) {
    return approved;
  }
  if (action === 'set-image') {
    const [first] = rollout.images;
    return {
      images: first
        ? [{ container: first.container, image: first.current ?? '' }]
        : [],
    };
  }
  if (action === 'undo') {
    return {
      toRevision: defaultUndo(rollout.revisions, rollout.revision)?.revision,
    };
  }
  return analysisRun ? { analysisRun } : {};
}

export function inputProblem(
  action: RolloutAction,
  input: ActionInput,
  rollout: Pick<RolloutDetail, 'images'>,
): InputProblem | undefined {
  const problem = ownProblem(action, input, rollout);
  return problem === undefined && input.emergency && !input.reason?.trim()
    ? 'noReason'
    : problem;
}

function ownProblem(
  action: RolloutAction,
  input: ActionInput,
  rollout: Pick<RolloutDetail, 'images'>,
): InputProblem | undefined {
  if (action === 'undo') {
    return input.toRevision === undefined ? 'noRevision' : undefined;
  }
  if (action !== 'set-image') {
    return undefined;
  }
  const [wanted] = input.images ?? [];
  const image = wanted?.image.trim() ?? '';
  if (image === '') {
    return 'imageEmpty';
  }
  if (/\s/.test(image)) {
    return 'imageSpaces';
  }
  if (!isImageReference(image)) {
    return 'imageMalformed';
  }
  const now = rollout.images.find(
    ({ container }) => container === wanted?.container,
  );
  return now?.current === image ? 'imageSame' : undefined;
}

/** The input as it is sent: without blanks around what was typed. */
export function tidyInput(input: ActionInput): ActionInput {
  return {
    ...input,
    reason: input.reason?.trim() || undefined,
    images: input.images?.map(({ container, image }) => ({
      container,
      image: image.trim(),
    })),
  };
}
