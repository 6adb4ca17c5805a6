import {
  bound,
  BUCKETS,
  DURATION,
  Labels,
  RequestMetrics,
  REQUESTS,
} from './requestMetrics';

/** Prometheus' text format, version 0.0.4. */
export function exposition(metrics: RequestMetrics): string {
  const counts: string[] = [
    `# HELP ${REQUESTS} Requests that the gateway sent, by destination and answer.`,
    `# TYPE ${REQUESTS} counter`,
  ];
  const durations: string[] = [
    `# HELP ${DURATION} How long they took, in milliseconds.`,
    `# TYPE ${DURATION} histogram`,
  ];
  for (const { labels, count, sum, buckets } of metrics.all()) {
    counts.push(`${REQUESTS}${written(labels)} ${count}`);
    buckets.forEach((value, n) => {
      const le = bound(BUCKETS[n]!);
      durations.push(
        `${DURATION}_bucket${written({ ...labels, le })} ${value}`,
      );
    });
    durations.push(`${DURATION}_sum${written(labels)} ${sum}`);
    durations.push(`${DURATION}_count${written(labels)} ${count}`);
  }
  return `${[...counts, ...durations].join('\n')}\n`;
}

function written(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;
}

function escaped(value: string) {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
}
