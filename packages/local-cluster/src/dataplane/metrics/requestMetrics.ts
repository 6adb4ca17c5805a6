/** One request as the gateway saw it end. */
export interface CountedRequest {
  namespace: string;
  /** The service that the route named. */
  service: string;
  /** Pod template hash; empty when no pod answered. */
  revision: string;
  status: number;
  durationMs: number;
}

/** Labels in Istio's names, so that templates written for a mesh work here. */
export type Labels = Readonly<Record<string, string>>;

/** The counter and the histogram of one combination of labels. */
export interface RequestSeries {
  labels: Labels;
  count: number;
  /** Milliseconds in all. */
  sum: number;
  /** Cumulative, one per bound of `BUCKETS`; the last is +Inf. */
  buckets: number[];
}

/** Upper bounds in milliseconds, as Envoy has them. */
export const BUCKETS = [
  0.5,
  1,
  5,
  10,
  25,
  50,
  100,
  250,
  500,
  1000,
  2500,
  5000,
  10_000,
  30_000,
  60_000,
  300_000,
  Infinity,
];

export const REQUESTS = 'istio_requests_total';
export const DURATION = 'istio_request_duration_milliseconds';

/** Counts requests as Istio's proxies do on the side of the caller. */
export class RequestMetrics {
  private readonly series = new Map<string, RequestSeries>();

  count(request: CountedRequest): void {
    const { namespace, service, revision, status } = request;
    const key = [namespace, service, revision, status].join('\n');
    const series = this.series.get(key) ?? {
      labels: labelsOf(request),
      count: 0,
      sum: 0,
      buckets: BUCKETS.map(() => 0),
    };
    this.series.set(key, series);
    series.count++;
    series.sum += request.durationMs;
    for (let n = BUCKETS.length - 1; n >= 0; n--) {
      if (request.durationMs > BUCKETS[n]!) break;
      series.buckets[n]!++;
    }
  }

  all(): Iterable<RequestSeries> {
    return this.series.values();
  }
}

function labelsOf(request: CountedRequest): Labels {
  const { namespace, service, revision, status } = request;
  return {
    reporter: 'source',
    destination_service_name: service,
    destination_service: `${service}.${namespace}.svc.cluster.local`,
    destination_service_namespace: namespace,
    destination_version: revision,
    response_code: String(status),
  };
}

export const bound = (value: number): string =>
  value === Infinity ? '+Inf' : String(value);
