/** Where a chain of the history stands: keep it elsewhere to prove later that it was so. @public */
export interface HistoryChainEnd {
  stream: string;
  seq: number;
  /** SHA-256 of the entry, in hex. */
  hash: string;
}

/**
 * What verifying some of the chains has found. All are verified once there is
 * no `next`.
 * @public
 */
export interface HistoryVerification {
  /** How many chains and entries were read. */
  streams: number;
  entries: number;
  /** Chains that retention has cut. */
  cut: number;
  /** How much is wrong; `problems` has the first of it. */
  problemCount: number;
  problems: { stream: string; seq: number; message: string }[];
  ends: HistoryChainEnd[];
  /** To be handed over as `after`. */
  next?: string;
}
