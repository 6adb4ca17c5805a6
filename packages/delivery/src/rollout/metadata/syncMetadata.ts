import {
  EPHEMERAL_METADATA_ANNOTATION,
  type PodTemplateSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { isPromoted, type RolloutContext } from '../context';
import { isLeaving, podsOf } from '../revisions/podsOf';
import type { Revision } from '../revisions/revision';
import {
  ephemeralNote,
  ephemeralOf,
  hasKeys,
  hasPods,
  toEphemeral,
  type EphemeralMetadata,
} from './ephemeralMetadata';
import { metadataDiff } from './metadataDiff';
import { roleMetadata } from './roleMetadata';

/**
 * The ReplicaSet first, so that pods that it makes meanwhile are right; then
 * the pods it has, in place.
 */
function syncRevision(
  context: RolloutContext,
  revision: Revision,
  wanted: EphemeralMetadata,
  original: PodTemplateSpec | undefined,
  why: string,
): void {
  const { draft, rollout } = context;
  const { replicaSet } = revision;
  const { fresh, stable } = roleMetadata(rollout);
  // Without the template it cannot be told what an ephemeral key has covered:
  // only what was given is taken away.
  const known = original
    ? [ephemeralOf(replicaSet), fresh, stable]
    : [ephemeralOf(replicaSet)];
  const template = metadataDiff(
    replicaSet.spec.template.metadata,
    wanted,
    known,
    original?.metadata,
  );
  const note = ephemeralNote(wanted);
  const noted =
    replicaSet.metadata.annotations?.[EPHEMERAL_METADATA_ANNOTATION];
  if (template || note !== noted) {
    draft.patch(
      RESOURCES.replicaSets,
      replicaSet,
      {
        metadata: {
          annotations: { [EPHEMERAL_METADATA_ANNOTATION]: note ?? null },
        },
        ...(template ? { spec: { template: { metadata: template } } } : {}),
      },
      `changed labels and annotations of ${replicaSet.metadata.name}: ${why}`,
    );
  }
  // Nobody asks for pods that stay as they are.
  if (!hasPods(replicaSet) || ![wanted, ...known].some(hasKeys)) return;
  for (const pod of podsOf(context, revision)) {
    if (isLeaving(pod)) continue;
    const changes = metadataDiff(
      pod.metadata,
      wanted,
      known,
      original?.metadata,
    );
    if (!changes) continue;
    draft.patch(
      RESOURCES.pods,
      pod,
      { metadata: changes },
      `changed labels and annotations of ${pod.metadata.name}: ${why}`,
    );
  }
}

/**
 * Gives pods the labels and annotations of their role, and takes them away
 * with it. Source: docs, features/ephemeral-metadata.
 */
export function syncMetadata(context: RolloutContext): void {
  const { rollout, current, stable, others, template } = context;
  const roles = roleMetadata(rollout);
  const isRolledOut = !stable || isPromoted(context);
  if (current.exists) {
    syncRevision(
      context,
      current,
      isRolledOut ? roles.stable : roles.fresh,
      template,
      isRolledOut ? 'its pods are stable now' : 'its pods are new',
    );
  }
  if (stable && !isRolledOut) {
    syncRevision(
      context,
      stable,
      roles.stable,
      undefined,
      'its pods are stable',
    );
  }
  for (const other of others) {
    // One without pods is told when it gets some again.
    if (other.replicas > 0 && ephemeralNote(ephemeralOf(other.replicaSet))) {
      syncRevision(
        context,
        other,
        toEphemeral(undefined),
        undefined,
        'its pods have no role any more',
      );
    }
  }
}
