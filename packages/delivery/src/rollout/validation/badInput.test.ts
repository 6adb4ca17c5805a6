import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { buildAnalysisRun } from '../../analysis/build/buildAnalysisRun';
import { planAnalysisRun } from '../../analysis';
import { SimulatedCluster } from '../../simulate/simulatedCluster';
import { colors, search, START, template } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';
import type { RolloutSnapshot } from '../snapshot';

function snapshotOf(rollout: unknown): RolloutSnapshot {
  const snapshot = new SimulatedCluster({
    rollout: search(),
    analysisTemplates: [template()],
    podLife: () => 0,
  }).snapshot(START);
  return { ...snapshot, rollout: rollout as Rollout };
}

/** A manifest with one field as somebody might write it. */
function withField(path: string, value: unknown): unknown {
  const rollout = structuredClone(search());
  const keys = path.split('.');
  const last = keys.pop() as string;
  let at = rollout as unknown as Record<string, Record<string, unknown>>;
  for (const key of keys) at = (at[key] ??= {}) as typeof at;
  (at as Record<string, unknown>)[last] = value;
  return rollout;
}

const CANARY = 'spec.strategy.canary';

describe('24: a malformed rollout', () => {
  it.each<[string, unknown, string]>([
    ['spec.selector', null, 'spec.selector'],
    ['spec.template', null, 'spec.template'],
    ['spec.template.spec', null, 'spec.template'],
    ['spec.template.spec.containers', [], 'spec.template.spec.containers'],
    ['spec.template.metadata', null, 'spec.template.metadata.labels'],
    ['spec.replicas', 'many', 'spec.replicas'],
    ['spec.replicas', -1, 'spec.replicas'],
    ['spec.strategy', null, 'spec.strategy'],
    [CANARY, null, 'spec.strategy'],
    [`${CANARY}.steps`, 'fast', 'spec'],
    [`${CANARY}.steps`, [null], 'spec'],
    [`${CANARY}.steps`, [{}], `${CANARY}.steps[0]`],
    [
      `${CANARY}.steps`,
      [{ pause: { duration: 'soon' } }],
      `${CANARY}.steps[0].pause.duration`,
    ],
    [`${CANARY}.steps`, [{ setWeight: '20' }], `${CANARY}.steps[0].setWeight`],
    [`${CANARY}.steps`, [{ teleport: {} }], `${CANARY}.steps[0].teleport`],
    [
      `${CANARY}.steps`,
      [{ analysis: { templates: [{ templateName: 'nowhere' }] } }],
      `${CANARY}.steps[0].analysis.templates`,
    ],
    [
      `${CANARY}.steps`,
      [{ plugin: { name: 'no slash' } }],
      `${CANARY}.steps[0].plugin.name`,
    ],
    [`${CANARY}.maxSurge`, 'asdf', `${CANARY}.maxSurge`],
  ])('with %s: %j is InvalidSpec and names the field', (path, value, field) => {
    const plan = planRollout(snapshotOf(withField(path, value)), START);

    expect(plan.writes).toEqual([]);
    expect(plan.status.phase).toBe('Degraded');
    expect(plan.status.message).toContain(field);
  });
});

const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
];

describe('25: hostile keys', () => {
  afterEach(() => {
    if (Object.keys(Object.prototype).length || 'polluted' in {}) {
      throw new Error('the prototype of all objects has been polluted');
    }
  });

  const parsed = (json: string) => JSON.parse(json) as Record<string, string>;

  it.each(HOSTILE)('%s as label, annotation and name', key => {
    const rollout = colors();
    rollout.metadata.annotations = parsed(`{"${key}": "polluted"}`);
    rollout.metadata.labels = parsed(`{"${key}": "polluted"}`);
    Object.assign(rollout.spec.template?.metadata ?? {}, {
      annotations: parsed(`{"${key}": "polluted"}`),
    });
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      canaryService: key,
      stableService: `${key}s`,
    });

    expect(() => planRollout(snapshotOf(rollout), START)).not.toThrow();
  });

  it.each(HOSTILE)('%s as a field of trafficRouting', key => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      trafficRouting: JSON.parse(`{"${key}": {"polluted": true}}`),
    });

    const plan = planRollout(snapshotOf(rollout), START);

    expect(plan.writes).toEqual([]);
    expect(plan.status.phase).toBe('Degraded');
  });

  it.each(HOSTILE)('%s as template, argument and metric', key => {
    const named = {
      metadata: { name: key, namespace: 'demo' },
      spec: {
        args: [{ name: key, value: '{{args.x}}' }],
        metrics: [
          {
            name: key,
            interval: '1s',
            provider: { web: { url: `http://x/{{args.${key}}}` } },
          },
        ],
      },
    };
    const lookup = Object.create(null);
    lookup[key] = named;

    const run = buildAnalysisRun({
      rollout: search(),
      analysis: { templates: [{ templateName: key }] },
      type: 'Background',
      podHash: 'abc',
      stableHash: 'def',
      revision: '2',
      templates: { analysisTemplates: lookup, clusterAnalysisTemplates: {} },
    });
    const plan = planAnalysisRun(run, [], START);

    expect(plan.due.map(({ metric }) => metric.name)).toEqual([key]);
    expect(() =>
      buildAnalysisRun({
        rollout: search(),
        analysis: { templates: [{ templateName: key }] },
        type: 'Background',
        podHash: 'abc',
        stableHash: 'def',
        revision: '2',
        templates: { analysisTemplates: {}, clusterAnalysisTemplates: {} },
      }),
    ).toThrow(`AnalysisTemplate '${key}' not found`);
  });

  it('an annotation of 200 KB', () => {
    const rollout = search();
    rollout.metadata.annotations = { note: 'x'.repeat(200 * 1024) };

    const { writes } = planRollout(snapshotOf(rollout), START);

    // It goes with the ReplicaSet, as the reference has it; and nowhere else.
    expect(JSON.stringify(writes).length).toBeLessThan(300_000);
  });
});
