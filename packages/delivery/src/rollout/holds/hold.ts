/**
 * A time in which no rollout goes on by itself to what comes next: a freeze
 * window that says `hold: true`.
 * @public
 */
export interface Hold {
  /** What people call it. */
  name: string;
  /** Milliseconds since the epoch. */
  from: number;
  /** The first moment after it. */
  until: number;
  /** `until` for people; in UTC when left out. */
  untilText?: string;
}

/** The one that is in force at a time; of several the one that ends last. */
export function holdAt(
  holds: readonly Hold[] | undefined,
  now: number,
): Hold | undefined {
  return holds
    ?.filter(({ from, until }) => from <= now && now < until)
    .reduce<Hold | undefined>(
      (last, each) => (last && last.until >= each.until ? last : each),
      undefined,
    );
}

/** "the freeze “Black Friday” holds promotions until …" */
export function holdText({ name, until, untilText }: Hold): string {
  return `the freeze “${name}” holds promotions until ${untilText ?? `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`}`;
}
