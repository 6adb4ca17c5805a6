/** One request of the last minutes, for counts by window and for the grid. */
export interface RecentRequest {
  /** Grows by one with each request. */
  sequence: number;
  /** When it ended. Milliseconds since the epoch. */
  at: number;
  namespace: string;
  /** The VirtualService, or the service, that it was addressed to. */
  name: string;
  /** The service that it went to. */
  service: string;
  pod: string;
  /** Empty when no pod answered. */
  color: string;
  status: number;
  durationMs: number;
}

export interface RequestCounts {
  /** Seconds that were looked back. */
  window: number;
  total: number;
  /** Those answered with 500 or more. */
  errors: number;
  /** By the colour of the pod; `none` where no pod answered. */
  byColor: Record<string, number>;
  byStatus: Record<string, number>;
  byDestination: Record<string, number>;
}

/** How far back counts can look, in seconds. */
export const LONGEST_WINDOW = 600;
const KEPT = 100_000;

/** The requests of the last ten minutes, bounded in number too. */
export class RecentRequests {
  private requests: RecentRequest[] = [];
  private sequence = 0;

  add(request: Omit<RecentRequest, 'sequence'>): void {
    this.requests.push({ ...request, sequence: ++this.sequence });
    const oldest = this.requests[0]!;
    // Dropped in halves, so that most additions move nothing.
    if (
      this.requests.length > KEPT ||
      oldest.at < request.at - 2 * LONGEST_WINDOW * 1000
    ) {
      const since = request.at - LONGEST_WINDOW * 1000;
      this.requests = this.requests
        .slice(-KEPT / 2)
        .filter(({ at }) => at >= since);
    }
  }

  /** Counts of a route, or of a service that routes lead to. */
  counts(
    namespace: string,
    name: string,
    window: number,
    now: number,
  ): RequestCounts {
    const counts: RequestCounts = {
      window,
      total: 0,
      errors: 0,
      byColor: {},
      byStatus: {},
      byDestination: {},
    };
    for (let n = this.requests.length - 1; n >= 0; n--) {
      const request = this.requests[n]!;
      if (request.at < now - window * 1000) break;
      if (!concerns(request, namespace, name)) continue;
      counts.total++;
      if (request.status >= 500) counts.errors++;
      increment(counts.byColor, request.color || 'none');
      increment(counts.byStatus, String(request.status));
      increment(counts.byDestination, request.service);
    }
    return counts;
  }

  /** Requests after a sequence number, oldest first, the last `limit` of them. */
  after(
    namespace: string,
    name: string,
    sequence: number,
    limit: number,
  ): RecentRequest[] {
    const found: RecentRequest[] = [];
    for (let n = this.requests.length - 1; n >= 0; n--) {
      const request = this.requests[n]!;
      if (request.sequence <= sequence || found.length === limit) break;
      if (concerns(request, namespace, name)) found.push(request);
    }
    return found.reverse();
  }
}

function concerns(request: RecentRequest, namespace: string, name: string) {
  return (
    request.namespace === namespace &&
    (request.name === name || request.service === name)
  );
}

function increment(counts: Record<string, number>, key: string) {
  counts[key] = (counts[key] ?? 0) + 1;
}
