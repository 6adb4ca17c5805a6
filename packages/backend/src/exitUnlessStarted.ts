/**
 * Ends the process when the backend cannot start. Backstage logs the failure
 * and stays, with plugins that answer nothing: whoever started it would wait.
 *
 * @param start - of the backend; rejects with a message that has every cause
 */
export async function exitUnlessStarted(
  start: Promise<unknown>,
  streams: {
    stderr: { write(text: string): unknown };
    exit(code: number): void;
  } = process,
): Promise<void> {
  try {
    await start;
  } catch (error) {
    streams.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    streams.exit(1);
  }
}
