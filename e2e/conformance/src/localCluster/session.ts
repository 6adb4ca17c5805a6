/** One command that is given to both clusters. */
export interface Command {
  /** `kubectl` or, for the reference's CLI, `rollouts`, and its arguments. */
  command: string;
  /** Looked at again until both say the same, or too much time has passed. */
  settles?: true;
  /** The order of what it says means nothing. */
  sorted?: true;
  /** Why the local cluster answers otherwise on purpose. */
  documented?: string;
}

/** Commands of which each is given once, and what has to settle after them. */
export const act = (command: string, documented?: string): Command => ({
  command,
  ...(documented && { documented }),
});

export const look = (command: string, documented?: string): Command => ({
  ...act(command, documented),
  settles: true,
});

/** Splits at spaces, but not within single quotes. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:[^\s']+|'[^']*')+/g)].map(([word]) =>
    word.replace(/'/g, ''),
  );
}
