/** Where the cluster's own programs say what went wrong. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** Says nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {} };
