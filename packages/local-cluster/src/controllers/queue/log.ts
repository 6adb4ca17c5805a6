/** Where the cluster's own programs say what went wrong. */
export type Log = (message: string) => void;
