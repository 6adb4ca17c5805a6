import { InputError } from '@backstage/errors';
import type {
  LintFinding,
  ManifestFile,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  Assumptions,
  Timeline,
} from '@progressive-delivery/delivery/preview';
import type { PreviewApi } from './PreviewApi';

/**
 * The controller's own linter and planner, in the browser: a picture that
 * follows the keys cannot wait for a server. Loaded when first asked.
 * @public
 */
export class BrowserPreviewApi implements PreviewApi {
  async simulate(
    files: ManifestFile[],
    assumptions: Assumptions = {},
  ): Promise<Timeline> {
    const { assumeMissing, readObjects, simulateRollout, sortObjects } =
      await import('@progressive-delivery/delivery/preview');
    const manifests = sortObjects(
      files.flatMap(({ name, text }) => readObjects(name, text)),
    );
    const [rollout] = manifests.rollouts;
    if (!rollout) {
      throw new InputError('There is no Rollout in the files.');
    }
    return simulateRollout(assumeMissing(rollout, manifests), assumptions);
  }

  async lint(files: ManifestFile[]): Promise<LintFinding[]> {
    const { lint } = await import('@progressive-delivery/delivery/preview');
    const sources = files.map(({ name, text }) => ({ file: name, text }));
    return lint(sources).findings;
  }
}
