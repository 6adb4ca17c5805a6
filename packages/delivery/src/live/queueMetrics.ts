import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '@progressive-delivery/kube';

/** Of both durations, in seconds: from 10 µs to 10 s. */
const BUCKETS = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10];
/** The label that Kubernetes' own controllers give their queues. */
const LABELS = { name: 'rollouts' };

export interface QueueMetricsOptions {
  registry: Registry;
  clock: Pick<Clock, 'monotonic'>;
  /** Keys that wait. */
  queueLength: () => number;
}

/** How the work queue is doing, by the names that Kubernetes' controllers use. */
export class QueueMetrics {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #addedAt = new Map<string, number>();
  readonly #begunAt = new Map<string, number>();
  readonly #adds;
  readonly #retries;
  readonly #waited;
  readonly #worked;

  constructor({ registry, clock, queueLength }: QueueMetricsOptions) {
    this.#clock = clock;
    const common = { labelNames: ['name'] as const, registers: [registry] };
    this.#adds = new Counter({
      ...common,
      name: 'workqueue_adds_total',
      help: 'Total number of adds handled by workqueue',
    });
    this.#retries = new Counter({
      ...common,
      name: 'workqueue_retries_total',
      help: 'Total number of retries handled by workqueue',
    });
    this.#waited = new Histogram({
      ...common,
      name: 'workqueue_queue_duration_seconds',
      help: 'How long in seconds an item stays in workqueue before being requested.',
      buckets: BUCKETS,
    });
    this.#worked = new Histogram({
      ...common,
      name: 'workqueue_work_duration_seconds',
      help: 'How long in seconds processing an item from workqueue takes.',
      buckets: BUCKETS,
    });
    const running = () =>
      [...this.#begunAt.values()].map(
        at => (this.#clock.monotonic() - at) / 1_000,
      );
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        ...common,
        name,
        help,
        collect() {
          this.set(LABELS, value());
        },
      });
    gauge('workqueue_depth', 'Current depth of workqueue', queueLength);
    gauge(
      'workqueue_unfinished_work_seconds',
      'How many seconds of work has been done that is in progress and has not been observed by work_duration.',
      () => running().reduce((sum, seconds) => sum + seconds, 0),
    );
    gauge(
      'workqueue_longest_running_processor_seconds',
      'How many seconds has the longest running processor for workqueue been running.',
      () => Math.max(0, ...running()),
    );
  }

  /** A key that waits already is not counted again. */
  added(key: string) {
    if (this.#addedAt.has(key)) return;
    this.#addedAt.set(key, this.#clock.monotonic());
    this.#adds.inc(LABELS);
  }

  began(key: string) {
    const now = this.#clock.monotonic();
    const addedAt = this.#addedAt.get(key);
    this.#addedAt.delete(key);
    if (addedAt !== undefined) {
      this.#waited.observe(LABELS, (now - addedAt) / 1_000);
    }
    this.#begunAt.set(key, now);
  }

  ended(key: string) {
    const begunAt = this.#begunAt.get(key);
    this.#begunAt.delete(key);
    if (begunAt !== undefined) {
      this.#worked.observe(LABELS, (this.#clock.monotonic() - begunAt) / 1_000);
    }
  }

  retried() {
    this.#retries.inc(LABELS);
  }

  forget(key: string) {
    this.#addedAt.delete(key);
  }
}
