import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  AUTHOR_ANNOTATION,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ChangeAuthors,
  ChangeToAttribute,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import type { ActionRecord } from '../../database/ActionRecord';

/**
 * The cluster's clock may be off by an hour: rather one too many is taken for
 * the author than one too few.
 */
const SLACK_MILLISECONDS = 2 * 60 * 60_000;

export interface ChangeAuthorsOptions {
  modules: readonly ChangeAuthors[];
  /** When this version began, in milliseconds since the epoch. */
  begunAt: number | undefined;
  /** The last `set-image` or `undo` of the portal that took effect there. */
  lastChange: (uid: string) => Promise<ActionRecord | undefined>;
}

/**
 * Everybody who is known to have made the change: whoever did it through the
 * portal, who the annotation names, on the Rollout or its pod template, and
 * who modules know of.
 * @throws when one of them cannot be asked: an unknown author could approve
 */
export async function changeAuthors(
  rollout: Rollout,
  change: Omit<ChangeToAttribute, 'annotations'>,
  { modules, lastChange, begunAt }: ChangeAuthorsOptions,
): Promise<string[]> {
  const annotations = rollout.metadata.annotations ?? {};
  const known = await Promise.all(
    modules.map(module => module.authorsOf({ ...change, annotations })),
  );
  const last = await lastChange(change.uid);
  const own =
    last &&
    (begunAt === undefined || last.changedAt > begunAt - SLACK_MILLISECONDS)
      ? last
      : undefined;
  const named = [
    annotations[AUTHOR_ANNOTATION],
    rollout.spec.template?.metadata?.annotations?.[AUTHOR_ANNOTATION],
  ]
    .flatMap(list => (list ?? '').split(','))
    .map(ref => ref.trim())
    .filter(ref => ref.length > 0);
  const refs = [...named, ...known.flat(), ...(own ? [own.principal] : [])];
  return [...new Set(refs.flatMap(ref => userRef(ref) ?? []))].sort();
}

/** `ada` and `User:default/Ada` are the same person. */
function userRef(ref: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, { defaultKind: 'user', defaultNamespace: 'default' }),
    );
  } catch {
    // What is no ref, such as an address, can be nobody who votes.
    return undefined;
  }
}
