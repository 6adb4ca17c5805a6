/**
 * The analysis that a rollout asks for cannot be built as written. Nothing is
 * wrong with the cluster: retrying helps only after one of the named objects
 * changes.
 */
export class AnalysisBuildError extends Error {
  readonly name = 'AnalysisBuildError';

  /** @param missing - it is only that something it names is not there */
  constructor(
    message: string,
    readonly missing = false,
  ) {
    super(message);
  }
}
