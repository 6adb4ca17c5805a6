import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Resource } from '@progressive-delivery/kube';
import type { StoredObject } from '@progressive-delivery/local-cluster';
import { startDeliveryController } from './startDeliveryController';
import type { DeliveryController } from './startDeliveryController';
import { isSame } from './mergeDiff';
import {
  ANALYSIS_RUNS,
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';

jest.setTimeout(120_000);

const MANIFESTS = join(__dirname, '../../../../demo/manifests');
const VIRTUAL_SERVICES = {
  group: 'networking.istio.io',
  resource: 'virtualservices',
};

/** The demo's own manifests, with shorter pauses and measured more often. */
async function demoObjects(prometheus: string): Promise<StoredObject[]> {
  const texts = await Promise.all(
    ['00-namespace.yaml', 'colors.yaml'].map(file =>
      readFile(join(MANIFESTS, file), 'utf8'),
    ),
  );
  const text = texts
    .join('\n---\n')
    .replaceAll('${prometheus}', prometheus)
    .replaceAll('duration: 10s', 'duration: 1s')
    .replace(/initialDelay: \w+/, 'initialDelay: 2s')
    .replace(/interval: \w+/, 'interval: 1s')
    .replaceAll('[20s]', '[5s]');
  return parseAllDocuments(text)
    .map(document => document.toJS())
    .filter(Boolean);
}

function resourceOf({ apiVersion, kind }: StoredObject): Resource {
  const [group = '', version] = apiVersion.split('/');
  return {
    group: version ? group : '',
    version: version ?? group,
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced: kind !== 'Namespace',
  };
}

describe('the demo', () => {
  let live: LiveCluster;
  let controller: DeliveryController;

  const rollout = (wanted: (status: any) => boolean) =>
    live.until(ROLLOUTS, 'demo', 'colors', ({ status }) =>
      Boolean(status && wanted(status)),
    );
  const setImage = (image: string) =>
    live.cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: image,
        },
      ],
      { type: 'json' },
    );
  const weights = () =>
    live.cluster.api
      .get(VIRTUAL_SERVICES, 'demo', 'colors')
      .spec.http[0].route.map(({ weight }: { weight: number }) => weight);

  beforeEach(async () => {
    live = await startLiveCluster({ dataPlane: true });
    const prometheusUrl = live.cluster.prometheusUrl ?? '';
    for (const object of await demoObjects(prometheusUrl)) {
      await live.client.create(resourceOf(object), object);
    }
    controller = await startDeliveryController({
      client: live.client,
      egress: { allowedOrigins: [new URL(prometheusUrl).origin] },
    });
    await rollout(status => status.phase === 'Healthy');
  });

  afterEach(async () => {
    await controller.stop();
    await live.stop();
  });

  it('goes from blue to green by hand at 20 %, then by itself', async () => {
    setImage('demo/colors:green');
    const paused = await rollout(
      status => status.pauseConditions && status.currentStepIndex === 1,
    );
    expect(weights()).toEqual([80, 20]);

    live.cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      {
        status: {
          pauseConditions: null,
          currentStepIndex: paused.status.currentStepIndex + 1,
        },
      },
      { type: 'merge', subresource: 'status' },
    );
    const done = await rollout(
      status =>
        status.phase === 'Healthy' && status.stableRS === status.currentPodHash,
    );

    expect(done.status.stableRS).not.toBe(paused.status.stableRS);
    await live.until(VIRTUAL_SERVICES, 'demo', 'colors', () =>
      isSame(weights(), [100, 0]),
    );
  });

  it('rolls red back without a hand on it, and says which metric decided', async () => {
    const { status: before } = await rollout(() => true);

    setImage('demo/colors:red');
    const aborted = await rollout(
      status => status.abort && status.phase === 'Degraded',
    );

    expect(aborted.status.message).toMatch(
      /^RolloutAborted: Rollout aborted update to revision 2: Background analysis phase error\/failed: Metric "success-rate" assessed Failed due to failed \(3\) > failureLimit \(2\)/,
    );
    expect(aborted.status.stableRS).toBe(before.stableRS);
    expect(weights()).toEqual([100, 0]);
    const [run] = live.cluster.api.list(ANALYSIS_RUNS);
    expect(run?.status.metricResults[0].metadata).toHaveProperty(
      'ResolvedPrometheusQuery',
      expect.stringContaining('destination_service_name="colors-canary"'),
    );
  });
});
