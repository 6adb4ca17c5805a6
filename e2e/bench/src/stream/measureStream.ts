import { join } from 'node:path';
import { KubeClient, RESOURCES } from '@progressive-delivery/kube';
import { Child } from '../child';
import type { Measurement } from '../measurement';
import { Viewer } from './viewer';

const CHANGES = 60;
const LOOKING_SECONDS = 15;
const VIEWERS = 100;

/**
 * From the begin of a write to the cluster to the event at each viewer, API
 * server included; and what looking costs the cluster.
 */
export async function measureStream(): Promise<Measurement[]> {
  const cluster = new Child(join(__dirname, 'clusterProcess.ts'));
  const children = [cluster];
  let client: KubeClient | undefined;
  try {
    const { kubeconfigFile } = await cluster.next<{ kubeconfigFile: string }>();
    const portal = new Child(
      join(__dirname, 'portalProcess.ts'),
      kubeconfigFile,
    );
    children.push(portal);
    const { port, authorization } = await portal.next<{
      port: number;
      authorization: string;
    }>();
    const entity = `http://127.0.0.1:${port}/api/rollouts/v1/entities/component/default/colors`;
    client = KubeClient.fromFile(kubeconfigFile);
    await indexed(entity, authorization);
    const calls = await callsOfViewers(cluster, entity, authorization);
    return [
      ...(await latency(client, entity, authorization, 1)),
      ...(await latency(client, entity, authorization, VIEWERS)),
      calls,
    ];
  } finally {
    client?.close();
    for (const child of children) child.end();
  }
}

async function latency(
  client: KubeClient,
  entity: string,
  authorization: string,
  count: number,
): Promise<Measurement[]> {
  const viewers = await Promise.all(
    Array.from({ length: count }, () => Viewer.open(entity, authorization)),
  );
  const delays: number[] = [];
  for (let change = 0; change < CHANGES; change++) {
    const text = `change ${count}/${change} for the bench`;
    const arrivals = viewers.map(viewer => viewer.arrival(text));
    const begun = performance.now();
    await client.patch(
      RESOURCES.rollouts,
      { namespace: 'demo', name: 'colors' },
      { status: { message: text, phase: 'Progressing' } },
      { type: 'merge', subresource: 'status' },
    );
    for (const at of await Promise.all(arrivals)) delays.push(at - begun);
  }
  viewers.forEach(viewer => viewer.close());
  delays.sort((a, b) => a - b);
  const quantile = (q: number) =>
    delays[Math.min(delays.length - 1, Math.floor(q * delays.length))] ?? 0;
  const what = `change in the cluster → event at ${count} viewer${count > 1 ? 's' : ''}`;
  return [
    { what: `${what}: p50`, value: quantile(0.5), unit: 'ms' },
    {
      what: `${what}: p99`,
      value: quantile(0.99),
      unit: 'ms',
      budget: 250,
      note: 'to the event in the client; drawing it is not in it',
    },
  ];
}

async function callsOfViewers(
  cluster: Child,
  entity: string,
  authorization: string,
): Promise<Measurement> {
  await cluster.ask('forget what came before');
  const viewers = await Promise.all(
    Array.from({ length: VIEWERS }, () => Viewer.open(entity, authorization)),
  );
  const end = performance.now() + LOOKING_SECONDS * 1000;
  while (performance.now() < end) {
    await Promise.all(
      viewers.map(() =>
        fetch(`${entity}/rollouts`, { headers: { authorization } }).then(
          response => response.text(),
        ),
      ),
    );
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
  const { calls } = await cluster.ask<{ calls: string[] }>('calls');
  viewers.forEach(viewer => viewer.close());
  return {
    what: 'calls to the API server per viewer-minute',
    value: calls.length / ((VIEWERS * LOOKING_SECONDS) / 60),
    unit: '',
    budget: 0,
    note: calls.length > 0 ? [...new Set(calls)].join(', ') : undefined,
  };
}

async function indexed(entity: string, authorization: string) {
  const viewer = await Viewer.open(entity, authorization);
  try {
    await viewer.until('the rollout to come into the index', async () => {
      const response = await fetch(`${entity}/rollouts`, {
        headers: { authorization },
      });
      const text = await response.text();
      return response.ok && text.includes('"name":"colors"');
    });
  } finally {
    viewer.close();
  }
}
