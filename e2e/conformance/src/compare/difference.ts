import type { DocumentedDifference } from './compareAspects';

/** A difference that is meant, where it shows, and why. */
export interface Difference extends DocumentedDifference {
  /** What it is about, as docs/differences.md says it. */
  subject: string;
  /** What the reference does; `reason` says what ours does, and why. */
  reference: string;
  /** Where it must be seen; in any other scenario it is an error. */
  scenarios: string[] | 'wherever it shows';
  /** It shows in generated rollouts, too. */
  generated?: true;
  /** The reference shows it or does not, also beside itself. */
  byChance?: true;
  /** It passes so quickly that it may not be seen. */
  passing?: true;
  /**
   * Where ours stands, at a milestone that it does not reach or at the end: in
   * the words of the failure, or of its last message. Nothing else is compared
   * then.
   */
  standsAt?: RegExp;
}
