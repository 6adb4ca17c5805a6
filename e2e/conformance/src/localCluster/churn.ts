import { readFileSync } from 'node:fs';
import { type KubeClient, RESOURCES } from '@progressive-delivery/kube';
import { until } from '../bed/until';
import type { Row } from '../report/report';

const ROLLOUTS = 12;
const NAMESPACE = 'churn';
const COLORS = ['green', 'yellow', 'blue', 'orange'];

/** What an informer says when a watch or a list was not as it should be. */
const COMPLAINTS =
  /Failed to watch|Failed to list|watch of .* ended|watch of .* closed|too old resource version|Unable to decode|unable to decode|very short watch|panic|reflector.*(err|warn)/i;

/**
 * Keeps the reference's controller busy on the local cluster for a while: new
 * templates, deletions and creations all the time. Its informers must not
 * complain, and every rollout must be well in the end.
 * @param log - of the controller
 */
export async function churn(
  client: KubeClient,
  log: string,
  minutes: number,
): Promise<Row[]> {
  await client.create(RESOURCES.namespaces, { metadata: { name: NAMESPACE } });
  const names = Array.from({ length: ROLLOUTS }, (_, index) => `busy-${index}`);
  for (const name of names) await client.create(RESOURCES.rollouts, busy(name));
  const end = performance.now() + minutes * 60_000;
  for (let round = 0; performance.now() < end; round++) {
    for (const [index, name] of names.entries()) {
      if ((round + index) % 7 === 6) {
        await client.delete(RESOURCES.rollouts, { namespace: NAMESPACE, name });
        await client.create(RESOURCES.rollouts, busy(name));
      } else {
        await client.patch(
          RESOURCES.rollouts,
          { namespace: NAMESPACE, name },
          { spec: { template: templateOf(name, COLORS[round % 4]!) } },
          { type: 'merge' },
        );
      }
    }
    await new Promise(resolve => setTimeout(resolve, 2000));
  }
  const settled = await until(
    'all rollouts to be healthy',
    async () => {
      const { items } = await client.list(RESOURCES.rollouts, {
        namespace: NAMESPACE,
      });
      return (
        items.length === ROLLOUTS &&
        items.every(
          ({ status, metadata }) =>
            status?.phase === 'Healthy' &&
            Number(status.observedGeneration) === metadata.generation,
        )
      );
    },
    { seconds: 120 },
  ).then(
    () => [],
    error => [String(error)],
  );
  const complaints = readFileSync(log, 'utf8')
    .split('\n')
    .filter(line => COMPLAINTS.test(line))
    .slice(0, 10);
  return [
    row(`after ${minutes} minutes of churn every rollout is healthy`, settled),
    row('no informer of the controller complained', complaints),
  ];
}

function row(scenario: string, details: string[]): Row {
  const outcome = details.length === 0 ? 'same' : 'different';
  return { scenario, outcome, details };
}

function templateOf(name: string, color: string) {
  return {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'c', image: `demo/colors:${color}` }] },
  };
}

function busy(name: string) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: templateOf(name, 'blue'),
      strategy: { canary: { steps: [{ setWeight: 50 }] } },
    },
  };
}
