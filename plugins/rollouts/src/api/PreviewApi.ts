import { createApiRef, type ApiRef } from '@backstage/frontend-plugin-api';
import type {
  LintFinding,
  ManifestFile,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  Assumptions,
  Timeline,
} from '@progressive-delivery/delivery/preview';

/** What manifests would do, before anybody applies them. @public */
export interface PreviewApi {
  /**
   * The future of the one rollout in the files. Rejects with an error that
   * names the file, the field or the assumption.
   */
  simulate(files: ManifestFile[], assumptions?: Assumptions): Promise<Timeline>;

  /** What is wrong with the files, and what somebody would regret. */
  lint(files: ManifestFile[]): Promise<LintFinding[]>;
}

/** @public */
export const previewApiRef: ApiRef<PreviewApi> =
  createApiRef<PreviewApi>().with({
    id: 'plugin.rollouts.preview',
    pluginId: 'rollouts',
  });
