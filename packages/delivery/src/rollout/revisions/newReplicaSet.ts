import {
  DESIRED_REPLICAS_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  EPHEMERAL_METADATA_ANNOTATION,
  type PodTemplateSpec,
  type ReplicaSet,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { withAntiAffinity } from '../metadata/antiAffinity';
import { ephemeralNote, withEphemeral } from '../metadata/ephemeralMetadata';
import { roleMetadata } from '../metadata/roleMetadata';
import { ownerReference } from './ownerReference';

/** Says how the rollout was last applied, which is no matter of a revision. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION_ANNOTATION,
]);

/**
 * The ReplicaSet of a template that has none yet.
 *
 * @param stableHash - of the stable revision; undefined when there is none
 */
export function newReplicaSet(
  rollout: Rollout,
  template: PodTemplateSpec,
  hash: string,
  revision: number,
  stableHash?: string,
): ReplicaSet {
  const { metadata, spec } = rollout;
  const labels = {
    ...template.metadata?.labels,
    [POD_TEMPLATE_HASH_LABEL]: hash,
  };
  const roles = roleMetadata(rollout);
  const ephemeral = stableHash === undefined ? roles.stable : roles.fresh;
  const note = ephemeralNote(ephemeral);
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([key]) => !NOT_COPIED.has(key),
    ),
  );
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations: {
        ...annotations,
        [DESIRED_REPLICAS_ANNOTATION]: String(spec.replicas ?? 1),
        [REVISION_ANNOTATION]: String(revision),
        ...(note ? { [EPHEMERAL_METADATA_ANNOTATION]: note } : {}),
      },
      ownerReferences: [ownerReference(rollout)],
    },
    spec: {
      replicas: 0,
      ...(spec.minReadySeconds
        ? { minReadySeconds: spec.minReadySeconds }
        : {}),
      selector: {
        ...spec.selector,
        matchLabels: {
          ...spec.selector?.matchLabels,
          [POD_TEMPLATE_HASH_LABEL]: hash,
        },
      },
      template: withAntiAffinity(
        rollout,
        withEphemeral(
          { ...template, metadata: { ...template.metadata, labels } },
          ephemeral,
        ),
        stableHash,
      ),
    },
  };
}
