import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Position } from '../finding';
import type { FieldPath } from './fieldPath';

/** One Kubernetes object of a file, and where its fields stand. */
export interface LintObject {
  file: string;
  kind: string;
  /** Of `apiVersion`; empty for the core group. */
  group: string;
  /** The object without what is `null`, which is as good as left out. */
  value: KubeObject;
  /** The place of a field, or of the nearest field around it that is there. */
  locate(path: FieldPath): Position;
}

/** The namespace that counts: manifests without one go to the default. */
export function namespaceOf({ value }: LintObject): string {
  return value.metadata.namespace ?? 'default';
}

/** As people name it: `Rollout shop`. */
export function titleOf({ kind, value }: LintObject): string {
  return `${kind} ${value.metadata.name}`;
}
