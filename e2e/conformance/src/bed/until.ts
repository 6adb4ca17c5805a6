/**
 * Looks until there is something to see.
 * @throws Error after the time, with what was waited for and the last failure.
 */
export async function until<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined | false> | T | undefined | false,
  options: { seconds?: number; everyMilliseconds?: number } = {},
): Promise<T> {
  const deadline = performance.now() + (options.seconds ?? 30) * 1000;
  let failure: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `Waited ${options.seconds ?? 30} s for ${typeof what === 'string' ? what : what()}${failure ? `; last failure: ${failure}` : ''}`,
      );
    }
    await new Promise(resolve =>
      setTimeout(resolve, options.everyMilliseconds ?? 100),
    );
  }
}
