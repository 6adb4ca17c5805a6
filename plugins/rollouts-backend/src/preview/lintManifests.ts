import { InputError } from '@backstage/errors';
import type {
  LintRequest,
  LintResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  lint,
  LintSettingError,
  lintText,
  readSeverity,
} from '@progressive-delivery/delivery';
import { refuseTooMuch } from './refuseTooMuch';

/** @throws InputError naming what cannot be meant */
export function lintManifests({
  files,
  severities = {},
}: LintRequest): LintResponse {
  refuseTooMuch(files);
  const sources = files.map(({ name, text }) => ({ file: name, text }));
  try {
    const settings = Object.fromEntries(
      Object.entries(severities).map(([rule, setting]) =>
        readSeverity('severities', rule, setting),
      ),
    );
    const result = lint(sources, settings);
    return { ...result, text: lintText(result, sources) };
  } catch (error) {
    if (error instanceof LintSettingError) throw new InputError(error.message);
    throw error;
  }
}
