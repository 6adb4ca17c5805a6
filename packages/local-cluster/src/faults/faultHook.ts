/** A call as the fault hook sees it, before anything was done. */
export interface FaultCall {
  /** Counts all calls since the server was created, from 1. */
  number: number;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  verb: string;
  method: string;
  path: string;
  query: URLSearchParams;
  group?: string;
  resource?: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

export type Fault =
  /**
   * Answers with an error: instead of doing what was asked (`before`, the
   * default), or having done it (`after`).
   */
  | {
      kind: 'fail';
      status: number;
      reason?: string;
      message?: string;
      retryAfterSeconds?: number;
      when?: 'before' | 'after';
    }
  /** Waits, by the cluster's clock, before doing what was asked. */
  | { kind: 'delay'; milliseconds: number }
  /**
   * Breaks the connection: at once, or when so many bytes of the body were
   * sent; with `when: 'after'` at once, having done what was asked.
   */
  | { kind: 'cut'; afterBytes?: number; when?: 'before' | 'after' }
  /** Never answers; with `afterBytes` goes silent in mid-body. The connection stays open. */
  | { kind: 'hang'; afterBytes?: number }
  /** Sends these bytes in the body's place, or after so many bytes of it. */
  | { kind: 'garbage'; text: string; afterBytes?: number };

/** Decides for each call whether something goes wrong. */
export type FaultHook = (call: FaultCall) => Fault | undefined;
