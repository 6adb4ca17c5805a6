import type { RolloutRef } from '../view/rollout';

/** One side of a comparison. @public */
export interface ComparedRelease {
  id: string;
  ref: RolloutRef;
  revision?: number;
  podHash: string;
  /** The pod template as YAML, without secrets; absent when it was not recorded. */
  template?: string;
}

/** One field of the template that differs. @public */
export interface TemplateChange {
  /** "spec.containers[app].env[LOG_LEVEL].value" */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  /** As JSON. */
  from?: string;
  to?: string;
}

/** What differs between the revisions of two releases. @public */
export interface ReleaseComparison {
  from: ComparedRelease;
  to: ComparedRelease;
  images: { container: string; from?: string; to?: string }[];
  template: TemplateChange[];
  /** Why there is no difference of the template, when there is none. */
  templateMissing?: string;
}
