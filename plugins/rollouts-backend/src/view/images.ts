import type {
  Container,
  ImageChange,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { VersionTags } from '../actions/consequences';
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
    stableImageTag: tagOf(changed?.stable),
    canaryImageTag: tagOf(changed?.current),
  };
}

function containersOf(replicaSet: ReplicaSet | undefined): Container[] {
  return replicaSet?.spec.template.spec.containers ?? [];
}

function imageOf(containers: Container[], name: string): string | undefined {
  return containers.find(container => container.name === name)?.image;
}

/** `registry:5000/team/app:1.2@sha256:…` → `1.2`; a bare digest is cut short. */
function tagOf(image: string | undefined): string | undefined {
  if (!image) {
    return undefined;
  }
  const [name = '', digest] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.split(':')[1] : undefined;
  return tag ?? digest?.replace(/^sha256:/, '').slice(0, 12);
}
