/** A value that an aspect had for a while. */
export interface Phase {
  value: string;
  /** Lasted so shortly that a watch may miss it. */
  brief: boolean;
}

/** A watch round trip of a busy machine. */
const BRIEF = 500;

interface Stay {
  value: string;
  at: number;
  patience: number;
  /** Nothing moved while it stood: it lasts, however quick the cluster is. */
  rested: boolean;
}

/** One aspect of a scenario as it went: its values in order, repeats collapsed. */
export class Timeline {
  readonly #entries: Stay[] = [];
  #isCount = false;

  get last(): string | undefined {
    return this.#entries.at(-1)?.value;
  }

  /**
   * @param at - milliseconds since any fixed moment
   * @param patience - a value that lasts no longer is brief; milliseconds
   * @param isCount - a number of pods: between two others it is brief, however
   *   long it lasts, unless it was there at rest
   */
  record(
    value: string,
    at: number,
    patience: number = BRIEF,
    isCount: boolean = false,
  ) {
    // A version that is deleted was counted before.
    this.#isCount ||= isCount;
    const last = this.#entries.at(-1);
    if (last?.value === value)
      last.patience = Math.min(last.patience, patience);
    else this.#entries.push({ value, at, patience, rested: false });
  }

  /**
   * Nothing moves: the present value is one to stay. How soon somebody acts
   * then, and how long it has taken until then, depends on the cluster's speed.
   */
  rest() {
    const last = this.#entries.at(-1);
    if (last && last.patience !== Infinity) last.rested = true;
  }

  /** @param rename - applied to each value, before repeats are collapsed */
  phases(rename: (value: string) => string = value => value): Phase[] {
    const stays: Stay[] = [];
    for (const entry of this.#entries) {
      const stay = { ...entry, value: rename(entry.value) };
      const previous = stays.at(-1);
      if (previous?.value === stay.value) previous.rested ||= stay.rested;
      else stays.push(stay);
    }
    return withoutFlicker(
      stays.map(({ value, at, patience, rested }, index) => {
        if (rested) return { value, brief: false };
        const next = stays[index + 1];
        // What nobody has looked at yet has no value: for how long is chance.
        const isUnseen = index === 0 && value === 'none';
        const brief =
          next !== undefined && (isUnseen || next.at - at < patience);
        return {
          value,
          brief: brief || (this.#isCount && isOnTheWay(stays, index)),
        };
      }),
    );
  }
}

/** Between two others, or the first ones before there are more. */
function isOnTheWay(stays: Stay[], index: number): boolean {
  if (index === 0 && Number(stays[0]!.value) < Number(stays[1]?.value)) {
    return true;
  }
  const [before, here, after] = [-1, 0, 1].map(offset =>
    Number(stays[index + offset]?.value || NaN),
  ) as [number, number, number];
  return (before < here && here < after) || (before > here && here > after);
}

/**
 * Of brief values in a row, each is told once: how often it flickers is chance.
 * The return to what stood before them is one of them.
 */
function withoutFlicker(phases: Phase[]): Phase[] {
  const kept: Phase[] = [];
  let seen = new Set<string>();
  for (const phase of phases) {
    const previous = kept.at(-1);
    if (!phase.brief) seen = new Set();
    else if (seen.has(phase.value) || previous?.value === phase.value) continue;
    else seen.add(phase.value);
    if (previous?.value === phase.value) previous.brief &&= phase.brief;
    else kept.push(phase);
  }
  return kept;
}
