import { AUTHOR_ANNOTATION } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AdmissionOptions } from './admissionOptions';
import { celList, celString } from './celText';
import type { Validation } from './policyParts';

type Label = Pick<AdmissionOptions, 'label'>;

function isGuarded(object: string, { label }: Label): string {
  const [key, value] = [celString(label.key), celString(label.value)];
  return `has(${object}.metadata.labels) && ${key} in ${object}.metadata.labels && ${object}.metadata.labels[${key}] == ${value}`;
}

/** What is guarded stays so. */
export function keepsLabel(options: Label): Validation {
  return {
    expression: isGuarded('object', options),
    message: `The label ${options.label.key} guards this object, and is not taken off past the portal or the deployer.`,
  };
}

/**
 * Whose a rollout is, and which approval policies and freezes apply to it, may
 * depend on any of its labels. Who begins to guard one changes but that label.
 */
export function keepsLabels(options: Label): Validation {
  return {
    expression: `!(${isGuarded('oldObject', options)}) || (has(object.metadata.labels) && object.metadata.labels == oldObject.metadata.labels)`,
    message: `The labels of a guarded rollout, ${options.label.key} among them, decide whose it is and what is asked for it, and are not changed past the portal or the deployer.`,
  };
}

/** The garbage collector deletes what has an owner that does not exist. */
export function keepsOwners(collectors: readonly string[]): Validation {
  const before = 'oldObject.metadata.ownerReferences';
  const after = 'object.metadata.ownerReferences';
  return {
    expression: `request.userInfo.username in ${celList(collectors)} || (has(${after}) == has(${before}) && (!has(${after}) || ${after} == ${before}))`,
    message:
      'The owners of a guarded rollout are not changed by hand: without them it would be deleted.',
  };
}

/** Who made a change does not approve it. */
export function keepsAuthor(): Validation {
  const key = celString(AUTHOR_ANNOTATION);
  const authorOf = (object: string) =>
    `(has(${object}.metadata.annotations) && ${key} in ${object}.metadata.annotations ? ${object}.metadata.annotations[${key}] : "")`;
  return {
    expression: `${authorOf('object')} == ${authorOf('oldObject')}`,
    message: `The annotation ${AUTHOR_ANNOTATION} of a guarded rollout says who cannot approve the change, and is not changed past the portal or the deployer.`,
  };
}
