import { spawnSync } from 'node:child_process';
import type { PlannedPatch } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { type KubeClient, RESOURCES } from '@progressive-delivery/kube';
import type { Bed } from '../bed/bed';
import { until } from '../bed/until';
import type { Row } from '../report/report';
import { ACTION_CASES, type ActionCase } from './actionCases';
import { type Difference, differences } from './differences';
import { type Stage, readStage, stageRollout } from './stageRollout';

/** What ours would write; a refusal is no write and a reason. */
export type PlanAction = (
  actionCase: ActionCase,
  stage: Stage,
) => { patches: PlannedPatch[] } | { refused: string };

/**
 * Each action on two rollouts in the same state: once by the reference's CLI,
 * once by our patches. No controller acts meanwhile, so that what is compared
 * is what was written, field by field.
 */
export async function runActionTable(
  bed: Bed,
  plan: PlanAction,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [index, actionCase] of ACTION_CASES.entries()) {
    rows.push(await runCase(bed, plan, actionCase, `table-${index}`));
  }
  return rows;
}

async function runCase(
  bed: Bed,
  plan: PlanAction,
  actionCase: ActionCase,
  prefix: string,
): Promise<Row> {
  const command = actionCase.cli ?? ['kubectl', ...(actionCase.kubectl ?? [])];
  const scenario = `${actionCase.action} · ${actionCase.state} (${command.join(' ')})`;
  const { client } = bed;
  const ours = `${prefix}-ours`;
  const before = await stageRollout(client, ours, actionCase.state);
  const planned = plan(actionCase, before);
  if ('patches' in planned) {
    for (const patch of planned.patches) await apply(client, patch);
  }
  const refused = 'refused' in planned ? [`ours: ${planned.refused}`] : [];
  const reference = `${prefix}-reference`;
  await stageRollout(client, reference, actionCase.state);
  const said = runReference(bed, actionCase, reference);
  const found = await stableDifferences(client, reference, ours);
  return {
    scenario,
    ...judge(actionCase, found),
    details: [...found.map(describe), ...said, ...refused],
  };
}

/** Kubernetes' own controllers may still be writing status: look until it rests. */
async function stableDifferences(
  client: KubeClient,
  reference: string,
  ours: string,
): Promise<Difference[]> {
  let last = '';
  return until('the objects to rest', async () => {
    const found = compareStages(
      await readStage(client, reference),
      await readStage(client, ours),
    );
    const text = JSON.stringify(found);
    const rests = text === last;
    last = text;
    return rests && found;
  });
}

function compareStages(reference: Stage, ours: Stage): Difference[] {
  return [
    ...differences(reference.rollout, ours.rollout),
    ...differences(reference.analysisRun, ours.analysisRun),
    ...differences(
      specOnly(reference.workload ?? {}),
      specOnly(ours.workload ?? {}),
    ),
    ...differences(
      { items: reference.replicaSets.map(specOnly) },
      { items: ours.replicaSets.map(specOnly) },
    ),
  ];
}

/** Of objects that Kubernetes' own controllers write as well. */
function specOnly(object: Record<string, any>) {
  return { spec: object.spec, labels: object.metadata?.labels };
}

function judge(
  { difference }: ActionCase,
  differing: Difference[],
): Pick<Row, 'outcome' | 'reason'> {
  const paths = differing.map(({ path }) => path);
  if (!difference) {
    return { outcome: paths.length === 0 ? 'same' : 'different' };
  }
  const within = (path: string, known: string) =>
    path === known || path.startsWith(`${known}.`);
  const expected = (path: string) =>
    difference.paths.some(known => within(path, known));
  // A difference that has gone is news as well.
  const found = (known: string) => paths.some(path => within(path, known));
  const asDocumented = paths.every(expected) && difference.paths.every(found);
  return asDocumented
    ? { outcome: 'documented', reason: difference.reason }
    : { outcome: 'different', reason: `documented was: ${difference.reason}` };
}

function runReference(
  { programs, kubeConfigFile }: Bed,
  { cli, kubectl }: ActionCase,
  namespace: string,
): string[] {
  const result = spawnSync(
    cli ? programs.rolloutsCli : programs.kubectl,
    [
      ...(cli ?? kubectl ?? []),
      '-n',
      namespace,
      '--kubeconfig',
      kubeConfigFile,
    ],
    { encoding: 'utf8', timeout: 30_000 },
  );
  if (result.status === 0) return [];
  return [`the CLI: ${(result.stderr || String(result.error)).trim()}`];
}

async function apply(client: KubeClient, patch: PlannedPatch) {
  const resource = Object.values(RESOURCES).find(
    ({ plural }) => plural === patch.resource.split('.')[0],
  );
  if (!resource) throw new Error(`Unknown resource ${patch.resource}`);
  const { namespace, name, subresource } = patch;
  await client.patch(resource, { namespace, name }, patch.patch, {
    type: patch.type,
    subresource,
  });
}

function describe({ path, reference, ours }: Difference): string {
  return `${path}: reference ${reference ?? 'none'}, ours ${ours ?? 'none'}`;
}
