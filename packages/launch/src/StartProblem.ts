/** Why each failed start ended, as its exit code. */
export const EXIT = {
  usage: 64,
  input: 66,
  unavailable: 69,
  failed: 70,
  busy: 75,
} as const;

/** A start that cannot go on. The message is for the person: what is wrong and what to do. */
export class StartProblem extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StartProblem';
  }
}
