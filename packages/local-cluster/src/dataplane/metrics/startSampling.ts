import { Clock } from '../../api/clock';
import {
  bound,
  BUCKETS,
  DURATION,
  RequestMetrics,
  REQUESTS,
} from './requestMetrics';
import { SampleStore } from './sampleStore';

/**
 * How often counters become samples. A second, so that `rate[20s]` sees a
 * bad revision at once; twenty series cost next to nothing.
 */
const EVERY_MS = 1000;

/** Takes samples of the gateway's counters until the returned function is called. */
export function startSampling(options: {
  clock: Clock;
  metrics: RequestMetrics;
  store: SampleStore;
}): () => void {
  const { clock, metrics, store } = options;
  let cancel: () => void;
  function sample(): void {
    const at = clock.now();
    for (const { labels, count, sum, buckets } of metrics.all()) {
      store.append(REQUESTS, labels, at, count);
      store.append(`${DURATION}_sum`, labels, at, sum);
      store.append(`${DURATION}_count`, labels, at, count);
      buckets.forEach((value, n) => {
        const le = bound(BUCKETS[n]!);
        store.append(`${DURATION}_bucket`, { ...labels, le }, at, value);
      });
    }
    cancel = clock.after(EVERY_MS, sample);
  }
  cancel = clock.after(EVERY_MS, sample);
  return () => cancel();
}
