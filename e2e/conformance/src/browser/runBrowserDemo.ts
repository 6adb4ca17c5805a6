import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RESOURCES } from '@progressive-delivery/kube';
import {
  startDataPlane,
  systemClock,
} from '@progressive-delivery/local-cluster';
import {
  PORTAL_VARIABLE,
  type RunningPortal,
} from '../../../browser/portal/runningPortal';
import type { Bed } from '../bed/bed';
import { startPodLife } from '../bed/podLife';
import { OBSERVED, RemoteObjects } from '../bed/remoteObjects';
import { until } from '../bed/until';
import type { Row } from '../report/report';
import { startReference } from '../demo/demoControllers';
import { manifestsOf, resourceOf } from '../demo/demoManifests';
import { browserRows } from './browserRows';
import { findChromium } from './findChromium';
import { startRealPortal } from './startRealPortal';

const ROOT = resolve(__dirname, '../../../..');
const NAMESPACE = 'demo';
const SERVICES = ['colors', 'search'] as const;
/** What does not depend on who acts in the cluster is left to `bin/test`. */
const SPECS = ['demo.browser', 'search.browser', 'readOnly.browser'];

/**
 * The browser tests on a portal whose cluster has Argo Rollouts in charge. The
 * portal's own controller stands aside, which is looked at before and after.
 */
export async function runBrowserDemo(
  bed: Bed,
  say: (line: string) => void,
): Promise<Row[]> {
  const chromium = findChromium(ROOT);
  const stops: (() => Promise<unknown>)[] = [];
  const started = <T extends { stop(): Promise<unknown> }>(part: T): T => {
    stops.unshift(() => part.stop());
    return part;
  };
  try {
    await bed.client.create(RESOURCES.namespaces, {
      metadata: { name: NAMESPACE },
    });
    started(await startPodLife(bed.client, say));
    const objects = started(
      await RemoteObjects.start(bed.client, NAMESPACE, OBSERVED),
    );
    const dataPlane = started(
      await startDataPlane({ source: objects, clock: systemClock, log: say }),
    );
    started(await startReference(bed));
    for (const service of SERVICES) {
      for (const object of manifestsOf(
        service,
        NAMESPACE,
        dataPlane.prometheusUrl,
      )) {
        await bed.client.create(resourceOf(object), object);
      }
    }
    const rollouts = () => objects.store(RESOURCES.rollouts).list();
    await until(
      'both services to be healthy',
      () =>
        rollouts().length === SERVICES.length &&
        rollouts().every(({ status }) => status?.phase === 'Healthy'),
      { seconds: 120 },
    );
    const { address, cluster } = started(await startRealPortal(bed, ROOT));
    say(`the portal runs at ${address}, on cluster ${cluster}`);
    const report = await runSpecs(
      bed,
      {
        address,
        cluster,
        gateway: dataPlane.gatewayUrl,
        prometheus: dataPlane.prometheusUrl,
      },
      chromium,
    );
    return [...browserRows(report), await whoActed(bed)];
  } finally {
    for (const stop of stops) await stop();
  }
}

async function runSpecs(bed: Bed, portal: RunningPortal, chromium: string) {
  const portalFile = join(bed.folder, 'portal.json');
  writeFileSync(portalFile, JSON.stringify(portal));
  const reportFile = join(bed.folder, 'browser.json');
  const child = bed.processes.start(
    'browser',
    process.execPath,
    [
      join(ROOT, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--config',
      join(ROOT, 'e2e/browser/playwright.config.ts'),
      '--output',
      join(ROOT, 'test-results/conformance'),
      ...SPECS,
    ],
    {
      [PORTAL_VARIABLE]: portalFile,
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
      FORCE_COLOR: '0',
      ...(chromium && { CHROMIUM: chromium }),
    },
  );
  child.stdout?.pipe(process.stdout, { end: false });
  await new Promise(done => child.once('close', done));
  // What it ended with is in its report.
  await bed.processes.end(child);
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch (error) {
    throw new Error(
      `The browser tests ended without a report: ${error}\n${bed.processes.lastWords('browser')}`,
    );
  }
}

/** One writer: no ReplicaSet and no lease of ours, all events from the reference. */
async function whoActed(bed: Bed): Promise<Row> {
  const { items } = await bed.client.list(RESOURCES.events, {
    namespace: NAMESPACE,
  });
  const sources = new Set(
    items
      .filter(({ involvedObject }) => involvedObject?.kind === 'Rollout')
      .map(
        ({ source, reportingComponent }) =>
          source?.component || reportingComponent,
      ),
  );
  const others = [...sources].filter(name => name !== 'rollouts-controller');
  return {
    scenario: 'browser · only Argo Rollouts acted',
    outcome: sources.size > 0 && others.length === 0 ? 'same' : 'different',
    details: [`events of Rollouts came from: ${[...sources].join(', ')}`],
  };
}
