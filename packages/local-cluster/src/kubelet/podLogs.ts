import { Clock } from '../api/clock';

export interface LogLine {
  /** Milliseconds since the epoch. */
  at: number;
  text: string;
}

export interface PodLogOptions {
  container?: string;
  tailLines?: number;
  /** Lines not older than this. Milliseconds since the epoch. */
  since?: number;
}

/** Lines kept per container. */
const KEPT = 500;

/**
 * The last lines that each container said. Kept in memory by pod uid, for as
 * long as the pod exists.
 */
export class PodLogs {
  private readonly pods = new Map<string, Map<string, LogLine[]>>();
  private readonly followers = new Map<
    string,
    Set<(container: string, line: LogLine) => void>
  >();

  constructor(private readonly clock: Clock) {}

  append(podUid: string, container: string, text: string): void {
    const containers = this.pods.get(podUid) ?? new Map<string, LogLine[]>();
    this.pods.set(podUid, containers);
    const lines = containers.get(container) ?? [];
    containers.set(container, lines);
    const line = { at: this.clock.now(), text };
    lines.push(line);
    if (lines.length > KEPT) lines.shift();
    for (const notify of this.followers.get(podUid) ?? []) {
      notify(container, line);
    }
  }

  /** Lines of one container, oldest first; of the first one if none is named. */
  read(podUid: string, options: PodLogOptions = {}): LogLine[] {
    const containers = this.pods.get(podUid);
    const name = options.container ?? containers?.keys().next().value;
    const lines = (name !== undefined && containers?.get(name)) || [];
    const recent = lines.filter(line => line.at >= (options.since ?? 0));
    return options.tailLines === undefined
      ? recent
      : recent.slice(Math.max(0, recent.length - options.tailLines));
  }

  /** Calls back for each new line of the pod. Returns a function that stops. */
  follow(
    podUid: string,
    onLine: (container: string, line: LogLine) => void,
  ): () => void {
    const followers = this.followers.get(podUid) ?? new Set();
    this.followers.set(podUid, followers);
    followers.add(onLine);
    return () => {
      followers.delete(onLine);
      if (followers.size === 0) this.followers.delete(podUid);
    };
  }

  /** Forgets a pod that is gone. */
  forget(podUid: string): void {
    this.pods.delete(podUid);
    this.followers.delete(podUid);
  }
}
