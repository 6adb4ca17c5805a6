export interface LogQuery {
  /** The first container when absent. */
  container?: string;
  tailLines?: number;
  /** Lines not older than this, in milliseconds since the epoch. */
  since?: number;
}

export interface LogEntry {
  /** Milliseconds since the epoch. */
  at: number;
  text: string;
}

/** Where the API server finds what containers said. */
export interface PodLogSource {
  read(podUid: string, query: LogQuery): readonly LogEntry[];
  /** Calls back for each new line. Returns a function that stops. */
  follow(
    podUid: string,
    onLine: (container: string, line: LogEntry) => void,
  ): () => void;
}
