import type { AnalysisRunStatusRef } from '@progressive-delivery/backstage-plugin-rollouts-common';

const TITLE = {
  Background: 'Background',
  Step: 'Step-based',
  PrePromotion: 'Blue/green pre-promotion',
  PostPromotion: 'Blue/green post-promotion',
} as const;

/**
 * Why a run ended the update, in the reference's words, because people search
 * for them. A run that says nothing leaves its name, to go and look.
 */
export function failureText(
  type: keyof typeof TITLE,
  { name, status, message }: AnalysisRunStatusRef,
): string {
  return `${TITLE[type]} analysis phase error/failed: ${message || `${name} ended in ${status}`}`;
}

/** The same for a reader: which analysis, and what it said. */
export function readableFailure(text: string): string {
  return text
    .replace(
      /^Background analysis phase error\/failed/,
      'the background analysis failed',
    )
    .replace(
      /^Step-based analysis phase error\/failed/,
      'the analysis step failed',
    )
    .replace(
      /^Blue\/green (pre|post)-promotion analysis phase error\/failed/,
      'the $1-promotion analysis failed',
    );
}
