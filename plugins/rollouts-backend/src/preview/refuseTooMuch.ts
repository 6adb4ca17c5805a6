import { InputError } from '@backstage/errors';
import type { ManifestFile } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Characters of all files together; the manifests of a large service have a tenth. */
const MOST_TEXT = 300_000;

/** @throws InputError */
export function refuseTooMuch(files: readonly ManifestFile[]): void {
  const all = files.reduce((sum, { text }) => sum + text.length, 0);
  if (all > MOST_TEXT) {
    throw new InputError(
      `The files have ${all} characters together; send at most ${MOST_TEXT}, or use yarn rollouts on your own machine.`,
    );
  }
}
