import { readFileSync } from 'node:fs';
import {
  type AnyObject,
  type KubeClient,
  RESOURCES,
} from '@progressive-delivery/kube';
import { ClusterObjects, type NamespaceObjects } from '../bed/clusterObjects';
import { until } from '../bed/until';
import type { Row } from '../report/report';
import { WatchedByKubectl } from './watchedByKubectl';

const ROLLOUTS = 12;
const NAMESPACE = 'churn';
const COLORS = ['green', 'yellow', 'blue', 'orange'];
const KINDS = [RESOURCES.rollouts, RESOURCES.replicaSets, RESOURCES.pods];
/**
 * How long the controller may take to notice a change; seconds. When it wrote
 * a status at the moment of the change, it may have put its own answer into its
 * cache over the newer object: then only the next change lets it see this one.
 */
const NOTICED_WITHIN = 20;
const NUDGE = 'conformance/nudged-at-round';

/** What an informer says when a watch or a list was not as it should be. */
const COMPLAINTS =
  /Failed to watch|Failed to list|watch of .* ended|watch of .* closed|too old resource version|Unable to decode|unable to decode|very short watch|panic|reflector.*(err|warn)/i;

export interface Churn {
  client: KubeClient;
  kubectl: string;
  kubeConfigFile: string;
  minutes: number;
  /** Of the controller. */
  log: string;
  /** Megabytes that the local cluster holds, if the system tells. */
  memory: () => number | undefined;
  say: (line: string) => void;
}

/**
 * Keeps the reference's controller busy on the local cluster for a while: new
 * templates, deletions and creations, the next ones as soon as it has noticed
 * the last. Its informers must not complain, what our mirrors and kubectl's
 * watches saw must end with what a list shows, and every rollout must be well
 * in the end.
 */
export async function churn(options: Churn): Promise<Row[]> {
  const { client, minutes, log } = options;
  await client.create(RESOURCES.namespaces, { metadata: { name: NAMESPACE } });
  const mirrors = await ClusterObjects.start(client, KINDS);
  const objects = mirrors.in(NAMESPACE);
  const byKubectl = KINDS.map(
    ({ plural, group }) =>
      new WatchedByKubectl({
        ...options,
        namespace: NAMESPACE,
        kind: group ? `${plural}.${group}` : plural,
      }),
  );
  try {
    const missed = await failure(changeAgainAndAgain(options, objects));
    const settled = await failure(
      until(
        'all rollouts to be healthy',
        () => rolloutsOf(objects).length === ROLLOUTS && allAreWell(objects),
        { seconds: 120 },
      ),
    );
    const mirrored = KINDS.map(kind => () => versionsOf(objects.list(kind)));
    const watched = byKubectl.map(watch => () => watch.versions);
    const events = byKubectl.reduce((sum, each) => sum + each.events, 0);
    options.say(`churn: ${events} events reached kubectl`);
    const complaints = readFileSync(log, 'utf8')
      .split('\n')
      .filter(line => COMPLAINTS.test(line))
      .slice(0, 10);
    return [
      row(
        `in ${minutes} minutes of churn the controller misses nothing`,
        missed,
      ),
      row('afterwards every rollout is healthy', settled),
      row(
        'what informers of ours saw is what a list shows',
        await failure(sameAsListed(client, mirrored)),
      ),
      row('what kubectl watched is what a list shows', [
        ...(await failure(sameAsListed(client, watched))),
        ...byKubectl.flatMap(({ complaint }) => complaint || []),
      ]),
      row('no informer of the controller complained', complaints),
    ];
  } finally {
    byKubectl.forEach(each => each.stop());
    await mirrors.stop();
  }
}

async function changeAgainAndAgain(
  { client, minutes, memory, say }: Churn,
  objects: NamespaceObjects,
) {
  const names = Array.from({ length: ROLLOUTS }, (_, index) => `busy-${index}`);
  for (const name of names) await client.create(RESOURCES.rollouts, busy(name));
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 60_000;
  let told = 0;
  let nudges = 0;
  for (let round = 0; elapsed() < minutes; round++) {
    for (const [index, name] of names.entries()) {
      const again = (round + index) % 7 === 6;
      await change(client, objects, name, again ? undefined : round);
    }
    nudges += await letNotice(client, objects, round);
    if (elapsed() >= told) {
      told = Math.floor(elapsed()) + 1;
      const megabytes = memory()?.toFixed(0) ?? 'unknown';
      say(
        `churn: minute ${Math.floor(elapsed())}, ${round + 1} rounds, ${nudges} nudges, memory of the local cluster ${megabytes} MB`,
      );
    }
  }
}

/** Another template, or without a round another object of the same name. */
async function change(
  client: KubeClient,
  objects: NamespaceObjects,
  name: string,
  round?: number,
) {
  const reference = { namespace: NAMESPACE, name };
  if (round === undefined) await client.delete(RESOURCES.rollouts, reference);
  const written =
    round === undefined
      ? await client.create(RESOURCES.rollouts, busy(name))
      : await client.patch(
          RESOURCES.rollouts,
          reference,
          { spec: { template: templateOf(name, COLORS[round % 4]!) } },
          { type: 'merge' },
        );
  await objects.heardOf(RESOURCES.rollouts, written);
}

/**
 * Until the controller has noticed every change.
 * @returns how many rollouts had to be changed once more for it
 */
async function letNotice(
  client: KubeClient,
  objects: NamespaceObjects,
  round: number,
): Promise<number> {
  const noticed = () =>
    until(
      () => `the controller to notice ${unnoticed(objects).join(', ')}`,
      () => unnoticed(objects).length === 0,
      { seconds: NOTICED_WITHIN },
    );
  const late = await noticed().then(
    () => [],
    () => unnoticed(objects),
  );
  for (const name of late) await nudge(client, objects, name, round);
  if (late.length > 0) await noticed();
  return late.length;
}

async function nudge(
  client: KubeClient,
  objects: NamespaceObjects,
  name: string,
  round: number,
) {
  const written = await client.patch(
    RESOURCES.rollouts,
    { namespace: NAMESPACE, name },
    { metadata: { annotations: { [NUDGE]: String(round) } } },
    { type: 'merge' },
  );
  await objects.heardOf(RESOURCES.rollouts, written);
}

function rolloutsOf(objects: NamespaceObjects) {
  return objects.list(RESOURCES.rollouts);
}

function isNoticed({ status, metadata }: AnyObject) {
  return Number(status?.observedGeneration) === metadata.generation;
}

function unnoticed(objects: NamespaceObjects) {
  return rolloutsOf(objects)
    .filter(rollout => !isNoticed(rollout))
    .map(({ metadata }) => metadata.name);
}

function allAreWell(objects: NamespaceObjects) {
  return rolloutsOf(objects).every(
    rollout => isNoticed(rollout) && rollout.status?.phase === 'Healthy',
  );
}

function versionsOf(list: readonly AnyObject[]) {
  return new Map(
    list.map(({ metadata }) => [
      metadata.uid ?? '',
      metadata.resourceVersion ?? '',
    ]),
  );
}

function sortedText(versions: ReadonlyMap<string, string>): string {
  return JSON.stringify([...versions].sort());
}

/** Once those who watch have caught up with each list. */
async function sameAsListed(
  client: KubeClient,
  watched: (() => ReadonlyMap<string, string>)[],
) {
  for (const [index, kind] of KINDS.entries()) {
    await until(
      `the watched ${kind.plural} to be those of a list`,
      async () => {
        const { items } = await client.list<AnyObject>(kind, {
          namespace: NAMESPACE,
        });
        const seen = watched[index]?.() ?? new Map<string, string>();
        return sortedText(versionsOf(items)) === sortedText(seen);
      },
      { seconds: 20 },
    );
  }
}

/** What went wrong in it, in a row's words. */
function failure(work: Promise<unknown>): Promise<string[]> {
  return work.then(
    () => [],
    error => [String(error)],
  );
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
