import type {
  Container,
  ImageChange,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { VersionTags } from '../actions/consequences';
import { imageTag } from '../actions/imageTag';
import { findByHash } from './revisions';

/** What the stable revision runs and what the current template asks for. */
export function imageChanges(
  rollout: Rollout,
  replicaSets: ReplicaSet[],
): ImageChange[] {
  const stable = containersOf(
    findByHash(replicaSets, rollout.status?.stableRS),
  );
  const current =
    rollout.spec.template?.spec?.containers ??
    containersOf(findByHash(replicaSets, rollout.status?.currentPodHash));
  const names = [...new Set([...current, ...stable].map(({ name }) => name))];
  return names.map(container => ({
    container,
    stable: imageOf(stable, container),
    current: imageOf(current, container),
  }));
}

/** The tags that tell the two versions apart in a sentence. */
export function versionTags(images: ImageChange[]): VersionTags {
  const changed =
    images.find(({ stable, current }) => stable !== current) ?? images[0];
  return {
    stableImageTag: imageTag(changed?.stable),
    canaryImageTag: imageTag(changed?.current),
  };
}

function containersOf(replicaSet: ReplicaSet | undefined): Container[] {
  return replicaSet?.spec.template.spec.containers ?? [];
}

function imageOf(containers: Container[], name: string): string | undefined {
  return containers.find(container => container.name === name)?.image;
}
