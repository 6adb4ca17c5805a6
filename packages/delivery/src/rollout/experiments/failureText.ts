const PREFIX = 'Experiment analysis phase is error/failed';

/**
 * Why an experiment ended the update, in the reference's words, because people
 * search for them.
 */
export function experimentFailure(message: string | undefined): string {
  return message ? `${PREFIX}: ${message}` : PREFIX;
}

/** The same for a reader. */
export function readableExperimentFailure(text: string): string {
  return text.startsWith(PREFIX)
    ? `the experiment failed${text.slice(PREFIX.length)}`
    : text;
}
