import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '@progressive-delivery/kube';
import { admissionYaml } from '@progressive-delivery/delivery';
import { type Stage, readStage, stageRollout } from '../actions/stageRollout';
import { forgedRun, stageAnalyses } from './stageAnalyses';
import type { Bed } from '../bed/bed';
import { until } from '../bed/until';
import type { Row } from '../report/report';
import { ACCOUNTS, allowAll, OPTIONS } from './accounts';
import { type AdmissionCase, ADMISSION_CASES } from './admissionCases';

const DENIED = /denied request: /;

interface Answer {
  allowed: boolean;
  said: string;
}

/**
 * The admission policy on a real API server: every verb of the reference's CLI
 * and what can be done by hand, by who may and who may not. Without a
 * controller: what is looked at is what gets through.
 */
export async function runAdmission(bed: Bed): Promise<Row[]> {
  await allowAll(bed);
  const file = join(bed.folder, 'admission-policy.yaml');
  writeFileSync(file, admissionYaml(OPTIONS));
  for (const owner of ['Rollout', 'Somebody'] as const) {
    writeFileSync(
      join(bed.folder, `run-of-${owner}.json`),
      JSON.stringify(forgedRun(owner)),
    );
  }
  const applied = run(bed, 'kubectl', `apply -f ${file}`);
  if (!applied.allowed) throw new Error(applied.said);
  await untilInForce(bed);
  const rows: Row[] = [];
  for (const [index, each] of ADMISSION_CASES.entries()) {
    rows.push(await runCase(bed, each, `admission-${index}`));
  }
  return rows;
}

/** The API server takes up a policy some moments after it was written. */
async function untilInForce(bed: Bed): Promise<void> {
  const namespace = 'admission-probe';
  await stageRollout(bed.client, namespace, 'paused at a step');
  await guard(bed, namespace);
  const probes = [
    'patch rollout colors --type merge -p {"spec":{"workloadRef":{"name":"x"}}}',
    'patch rollout colors --subresource status --type merge -p {"status":{"promoteFull":true}}',
    'delete rollout colors',
    'delete analysisrun run',
  ];
  for (const probe of probes) {
    await until(
      `the policy to refuse: kubectl ${probe}`,
      () =>
        !run(bed, 'kubectl', `${probe} --dry-run=server`, namespace, 'person')
          .allowed,
      { everyMilliseconds: 500 },
    );
  }
}

async function guard({ client }: Bed, namespace: string): Promise<void> {
  const { key, value } = OPTIONS.label;
  const labels = { metadata: { labels: { [key]: value } } };
  const merge = { type: 'merge' } as const;
  const colors = { namespace, name: 'colors' };
  await client.patch(RESOURCES.namespaces, { name: namespace }, labels, merge);
  await client.patch(RESOURCES.rollouts, colors, labels, merge);
  const { items } = await client.list(RESOURCES.deployments, { namespace });
  if (items.length > 0) {
    await client.patch(RESOURCES.deployments, colors, labels, merge);
  }
}

async function runCase(
  bed: Bed,
  { as = 'person', state = 'paused at a step', ...asked }: AdmissionCase,
  namespace: string,
): Promise<Row> {
  const { rollout } = await stageRollout(bed.client, namespace, state);
  await stageAnalyses(bed.client, namespace, rollout);
  if (!asked.unguarded) await guard(bed, namespace);
  if (asked.after) run(bed, 'rollouts', asked.after, namespace, 'portal');
  const before = await readStage(bed.client, namespace);
  const answer = run(bed, asked.program, asked.command, namespace, as);
  const wrong = asked.allowed
    ? whyNotAllowed(answer)
    : await whyNotRefused(bed, namespace, before, answer);
  const what = [
    state,
    ...(asked.after ? [asked.after] : []),
    ...(asked.unguarded ? ['not guarded'] : []),
  ].join(', ');
  return {
    scenario: `${asked.allowed ? 'allowed' : 'refused'} · ${as} · ${what} · ${asked.program} ${asked.command}`,
    outcome: wrong.length === 0 ? 'same' : 'different',
    details: wrong,
  };
}

function whyNotAllowed({ allowed, said }: Answer): string[] {
  return allowed ? [] : [`was not allowed: ${said}`];
}

/** A refusal is by the policy, and nothing of it gets through. */
async function whyNotRefused(
  { client }: Bed,
  namespace: string,
  before: Stage,
  { said }: Answer,
): Promise<string[]> {
  if (!DENIED.test(said)) return [`was not refused by the policy: ${said}`];
  const after = await readStage(client, namespace);
  const guarded = (stage: Stage) => [
    stage.rollout.spec,
    stage.rollout.status,
    stage.rollout.metadata.labels,
    stage.rollout.metadata.annotations,
    stage.rollout.metadata.ownerReferences,
    stage.rollout.metadata.deletionTimestamp,
    stage.workload?.spec,
    stage.analysisRun.spec,
    stage.analysisRun.status,
    stage.analysisRun.metadata.deletionTimestamp,
  ];
  return isDeepStrictEqual(guarded(before), guarded(after))
    ? []
    : ['was refused, and something has changed all the same'];
}

function run(
  { programs, kubeConfigFile, folder }: Bed,
  program: AdmissionCase['program'],
  command: string,
  namespace?: string,
  as?: keyof typeof ACCOUNTS,
): Answer {
  const { status, stdout, stderr, error } = spawnSync(
    program === 'kubectl' ? programs.kubectl : programs.rolloutsCli,
    [
      ...command
        .replace('$NAMESPACE', namespace ?? '')
        .replace('$FOLDER', folder)
        .split(' '),
      ...(namespace ? ['-n', namespace] : []),
      ...(as ? ['--as', ACCOUNTS[as]] : []),
      '--kubeconfig',
      kubeConfigFile,
    ],
    { encoding: 'utf8', timeout: 30_000 },
  );
  const said = `${stdout}${stderr}${error ?? ''}`.trim();
  return { allowed: status === 0 && !DENIED.test(said), said };
}
