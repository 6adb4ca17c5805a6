import type { KubeObject } from '../kubernetes/objects';
import { commentedYaml, type CommentedObject } from './commentedObject';

/** One file of what was generated. @public */
export interface GeneratedFile {
  /** `rollout.yaml`, `services.yaml` … */
  name: string;
  /** YAML with comments, one or several documents. */
  text: string;
}

/** Everything that a service with progressive delivery consists of. @public */
export interface GeneratedRollout {
  /** In the order in which they are to be applied. */
  files: GeneratedFile[];
  objects: KubeObject[];
  /** All files as one. */
  yaml: string;
}

const SEPARATOR = '---\n';

/** Files of objects, without those that would be empty. */
export function assembleFiles(
  groups: readonly (readonly [name: string, objects: CommentedObject[]])[],
): GeneratedRollout {
  const filled = groups.filter(([, objects]) => objects.length);
  const files = filled.map(([name, objects]) => ({
    name,
    text: objects.map(commentedYaml).join(SEPARATOR),
  }));
  return {
    files,
    objects: filled.flatMap(([, objects]) => objects.map(each => each.object)),
    yaml: files.map(each => each.text).join(SEPARATOR),
  };
}
