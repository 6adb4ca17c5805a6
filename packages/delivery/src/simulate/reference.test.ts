import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors } from './testing/demo';
import { Scenario } from './testing/scenario';

const FAILURE =
  'Metric "success-rate" assessed Failed due to failed (3) > failureLimit (2)';

const CONDITIONS = [
  'Progressing',
  'Available',
  'Paused',
  'Healthy',
  'Completed',
];

/** What somebody sees in between: phases, their messages and the step. */
function milestones({ turns }: Scenario, since: number): string[] {
  const lines = turns
    .slice(since)
    .map(
      ({ plan: { status } }) =>
        `${status.phase}${status.message ? ` (${status.message})` : ''}  step ${status.currentStepIndex}`,
    );
  return lines.filter((line, i) => line !== lines[i - 1]);
}

/** What stays when nothing moves any more. */
function rest({ status, cluster }: Scenario): string[] {
  const numberOf = (hash?: string) =>
    cluster
      .revisions()
      .find(
        each =>
          each.replicaSet.metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === hash,
      )?.revision;
  const { canary, stable } = status.canary?.weights ?? {};
  return [
    `  revision ${numberOf(status.currentPodHash)}, stable ${numberOf(status.stableRS)}`,
    `  weights ${canary?.weight} to ${numberOf(canary?.podTemplateHash)}, ${stable?.weight} to ${numberOf(stable?.podTemplateHash)}`,
    ...CONDITIONS.flatMap(type => {
      const found = status.conditions?.find(each => each.type === type);
      return found ? [`  ${type} ${found.status} ${found.reason}`] : [];
    }),
  ];
}

/** The recorded actions, in their order, with the same pauses between them. */
function replay(): string[] {
  const rollout = colors();
  const canary = rollout.spec.strategy?.canary;
  if (canary?.analysis) canary.analysis.startingStep = 1;
  const scenario: Scenario = new Scenario({
    rollout,
    podLife: () => 1_500,
    // Revision 3 is the red one; the run after the retry gets another name.
    analysisFate: ({ metadata }) =>
      metadata.name.endsWith('-3')
        ? { afterMilliseconds: 5_000, phase: 'Failed', message: FAILURE }
        : undefined,
  });
  const lines: string[] = [];
  const record = (action: string, act: () => Scenario, seconds: number) => {
    const since = scenario.turns.length;
    act().wait(seconds);
    lines.push(`== ${action}`, ...milestones(scenario, since));
    lines.push(...rest(scenario));
  };

  record('apply', () => scenario, 12);
  record('set image green', () => scenario.deploy('green'), 12);
  record('promote', () => scenario.promote(), 40);
  record('after scale-down', () => scenario, 30);
  record('set image red', () => scenario.deploy('red'), 30);
  record('retry', () => scenario.retry(), 3);
  record('set image green, the stable one', () => scenario.deploy('green'), 10);
  record('set image blue', () => scenario.deploy('blue'), 10);
  record('set image slow in mid-rollout', () => scenario.deploy('slow'), 12);
  record('promote fully', () => scenario.promoteFull(), 20);
  record('undo', () => scenario.deploy('blue'), 11);
  record(
    'pause',
    () =>
      scenario.edit('pause', ({ spec }) =>
        Object.assign(spec, { paused: true }),
      ),
    5,
  );
  record(
    'promote from paused',
    () =>
      scenario
        .edit('resume', ({ spec }) =>
          Object.assign(spec, { paused: undefined }),
        )
        .promote(),
    8,
  );
  record(
    'set an invalid weight',
    () =>
      scenario.edit('invalid', ({ spec }) => {
        const step = spec.strategy?.canary?.steps?.[0];
        if (step) step.setWeight = 140;
      }),
    5,
  );
  return lines;
}

describe('the demo, as Argo Rollouts 1.9 was seen to roll it out', () => {
  it('goes through the same milestones, but for the differences on record', () => {
    const record = readFileSync(
      resolve(__dirname, 'testdata', 'reference.diff'),
      'utf8',
    );
    const expected = record
      .split('\n')
      .filter(line => line && !/^[#-]/.test(line))
      .map(line => line.slice(1));

    expect(replay()).toEqual(expected);
  });
});
