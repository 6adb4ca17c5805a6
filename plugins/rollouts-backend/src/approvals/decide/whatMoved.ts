import {
  isGenerationObserved,
  type GatedAction,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntitySelection } from '../../entities/EntitySelection';
import type { ApprovalRecord } from '../store/ApprovalRecord';
import { specHash } from './specHash';

/** What an approval stands on, as it is now. */
export interface Ground {
  /** `undefined`: it is gone. */
  rollout: Rollout | undefined;
  /** The entities that the rollout is granted to. */
  entities: readonly EntitySelection[];
}

const ENDS_WITH_ABORT: readonly GatedAction[] = [
  'promote',
  'promote-full',
  'skip-step',
  'resume',
  'terminate-analysis',
];

/**
 * Why a request is void: something that it is bound to is not what was seen.
 * `undefined` while everything is.
 */
export function whatMoved(
  request: Pick<
    ApprovalRecord,
    'ref' | 'bound' | 'specHash' | 'action' | 'entityRef' | 'ownerRefs'
  >,
  { rollout, entities }: Ground,
): string | undefined {
  const { bound, ref } = request;
  if (!rollout) {
    return `Rollout ${ref.namespace}/${ref.name} was deleted.`;
  }
  const { metadata, status = {} } = rollout;
  if (metadata.uid !== bound.uid) {
    return `Rollout ${ref.namespace}/${ref.name} was deleted and made again.`;
  }
  if (status.currentPodHash !== bound.podHash) {
    return 'Another version is being rolled out by now.';
  }
  if (isChanged(request, rollout)) {
    return `Its manifest was changed (generation ${bound.generation} was seen, it is ${metadata.generation} now).`;
  }
  if (status.currentStepIndex !== bound.stepIndex) {
    return `It has moved from step ${ordinal(bound.stepIndex)} to step ${ordinal(status.currentStepIndex)}.`;
  }
  if (status.abort && ENDS_WITH_ABORT.includes(request.action)) {
    return 'The rollout was aborted.';
  }
  return whatMovedOfEntity(request, entities);
}

/**
 * Whether the manifest was changed and the controller has not taken notice
 * yet. Until it has, the pod hash is that of the manifest before, so nobody
 * can say whether the request is void.
 */
export function isSettling(
  { bound }: Pick<ApprovalRecord, 'bound'>,
  rollout: Rollout,
): boolean {
  return (
    rollout.metadata.uid === bound.uid &&
    rollout.metadata.generation !== bound.generation &&
    !isGenerationObserved(rollout)
  );
}

/** Another generation is the same manifest when nothing but its replicas differ. */
function isChanged(
  { bound, specHash: seen }: Pick<ApprovalRecord, 'bound' | 'specHash'>,
  rollout: Rollout,
): boolean {
  return (
    rollout.metadata.generation !== bound.generation &&
    (seen === undefined ||
      !isGenerationObserved(rollout) ||
      specHash(rollout) !== seen)
  );
}

function whatMovedOfEntity(
  { entityRef, ownerRefs }: Pick<ApprovalRecord, 'entityRef' | 'ownerRefs'>,
  entities: readonly EntitySelection[],
): string | undefined {
  const entity = entities.find(each => each.entityRef === entityRef);
  if (!entity) {
    return `The rollout does not belong to ${entityRef} any more.`;
  }
  const before = [...ownerRefs].sort().join(', ');
  const now = [...entity.ownerRefs].sort().join(', ');
  return before === now
    ? undefined
    : `${entityRef} has changed its owner from ${before || 'nobody'} to ${now || 'nobody'}.`;
}

function ordinal(index: number | undefined): string {
  return index === undefined ? '(none)' : String(index + 1);
}
