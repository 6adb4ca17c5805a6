import type { RolloutRef } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Notice } from './Notice';
import type { RolloutMoment } from './RolloutMoment';
import { rolloutLink } from './rolloutLink';

/** Of whom and of what a notice about a rollout speaks. */
export interface RolloutGround {
  ref: RolloutRef;
  entityRef: string;
  /** Of the tab under the entity's page, such as `/rollouts`. */
  tabPath: string;
  owners: readonly string[];
  /** What is happening and why, in a sentence. */
  sentence: string;
}

/** The controller's own words when somebody has aborted it: nothing follows them. */
const BY_A_PERSON = /^Rollout aborted update to revision \d+$/;

/** What two moments of one rollout have to tell: rolled back, finished. */
export function noticesOfChange(
  before: RolloutMoment,
  after: RolloutMoment,
  ground: RolloutGround,
): Notice[] {
  const { ref, entityRef, tabPath, owners, sentence } = ground;
  const about = `${ref.namespace}/${ref.name}`;
  const base = {
    link: rolloutLink(tabPath, entityRef, ref),
    scope: scopeOf(ref, after),
    recipients: [...owners],
    except: [],
    description: sentence,
  };
  const keyOf = (what: string, ...more: (string | undefined)[]) =>
    [what, ref.cluster, after.uid, after.podHash, ...more].join('/');
  if (before.uid !== after.uid) {
    return [];
  }
  const hasCause =
    after.abortMessage !== undefined && !BY_A_PERSON.test(after.abortMessage);
  const hadCause = before.aborted && before.abortMessage === after.abortMessage;
  if (after.aborted && hasCause && !hadCause) {
    return [
      {
        ...base,
        key: keyOf('rolled-back', after.abortedAt),
        topic: 'rolled-back',
        title: `Rolled back: ${about}`,
        severity: 'high',
      },
    ];
  }
  if (after.promoted && !before.promoted && !before.aborted) {
    return before.podHash === after.podHash
      ? [
          {
            ...base,
            // The same version may come again, as another revision.
            key: keyOf('finished', after.revision?.toString()),
            topic: 'finished',
            title: `Finished: ${about}`,
            severity: 'low',
          },
        ]
      : [];
  }
  return [];
}

/** Everything about one update of a rollout is one entry in people's lists. */
export function scopeOf(
  { cluster }: RolloutRef,
  { uid, podHash }: RolloutMoment,
): string {
  return `rollout/${cluster}/${uid}/${podHash}`;
}
