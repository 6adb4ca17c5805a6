import { performance } from 'node:perf_hooks';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { systemClock } from '@progressive-delivery/kube';
import { startSqlite } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/__testUtils__/testDatabases';
import { migrate } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/database/migrate';
import type { HistoryFact } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/facts/HistoryFact';
import { observe } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/observe/observe';
import { measure } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/read/measures/measure';
import { rangeOf } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/read/measures/range';
import { ReleaseReads } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/read/ReleaseReads';
import {
  HistoryRecorder,
  streamOf,
} from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/record/HistoryRecorder';
import { HistoryStore } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/store/HistoryStore';
import { verifyChains } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/history/verify/verifyChains';
import { answer } from '../child';

const ROLLOUTS = 10_000;
const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 26);
const RUNS = 100;
const CHANGES = 2_000;

export interface HistoryResult {
  entries: number;
  fillSeconds: number;
  /** Milliseconds, the 95th percentile. */
  reads: Record<string, number>;
  measuresMilliseconds: number;
  verifySeconds: number;
  /** Milliseconds of processor time for each change. */
  recording: number;
}

/** One release of one rollout: ten entries. */
function releaseOf(index: number): HistoryFact[] {
  const id = `release-${index}`;
  const at = NOW - (index % 365) * DAY;
  const fact = (kind: string, key: string, later: number, data: object) =>
    ({
      releaseId: id,
      kind,
      key: `${id}/${key}`,
      at: at + later,
      data,
    }) as HistoryFact;
  return [
    fact('release-started', 'started', 0, {
      cluster: `cluster-${index % 5}`,
      namespace: `team-${index % 100}`,
      name: `service-${index}`,
      uid: `uid-${index}`,
      entityRefs: [`component:default/service-${index}`],
      podHash: `hash-${index}`,
      revision: 2,
      attempt: 1,
      strategy: 'canary',
      images: [
        {
          container: 'app',
          from: `registry/team-${index % 100}/service-${index}:1`,
          to: `registry/team-${index % 100}/service-${index}:2`,
        },
      ],
      steps: [{ kind: 'setWeight', label: '20 %' }],
      observed: true,
    }),
    ...[0, 1].map(step =>
      fact('step', `step/${step}`, step * 60_000, {
        index: step,
        observed: true,
      }),
    ),
    ...[20, 40, 60, 80].map(weight =>
      fact('weight', `weight/${weight}`, weight * 1_000, {
        desired: weight,
        actual: weight,
        max: 100,
      }),
    ),
    fact('action', 'action', 61_000, {
      id: `action-${index}`,
      action: 'promote',
      at: new Date(at + 61_000).toISOString(),
      by: `user:default/person-${index % 50}`,
      outcome: 'applied',
    }),
    fact('note', 'note', 62_000, { severity: 'info', text: 'Noted.' }),
    fact('release-ended', 'ended', 600_000, {
      outcome: index % 10 === 0 ? 'aborted' : 'completed',
      observed: true,
    }),
  ];
}

async function fill(store: HistoryStore): Promise<void> {
  for (let start = 0; start < ROLLOUTS; start += 100) {
    await store.append(
      Array.from({ length: 100 }, (_, offset) => ({
        stream: streamOf(
          `cluster-${(start + offset) % 5}`,
          `uid-${start + offset}`,
        ),
        cluster: `cluster-${(start + offset) % 5}`,
        facts: releaseOf(start + offset),
      })),
      NOW,
    );
  }
}

/** The 95th percentile, in milliseconds. */
async function timeOf(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    await read();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS * 0.95)] ?? NaN;
}

async function measureReads(
  reads: ReleaseReads,
): Promise<HistoryResult['reads']> {
  const all = { all: true } as const;
  const mine = {
    all: false as const,
    entityRefs: new Set(
      Array.from(
        { length: 200 },
        (_, index) => `component:default/service-${index * 50}`,
      ),
    ),
    uids: new Set(
      Array.from({ length: 200 }, (_, index) => `uid-${index * 50}`),
    ),
  };
  const page = await reads.page({}, all, 25);
  const deep = (await reads.page({}, all, 5_000)).at(-1)?.position;
  const [first] = page;
  const cases: Record<string, () => Promise<unknown>> = {
    'first page': () => reads.page({}, all, 26),
    'page 201': () => reads.page({}, all, 26, deep),
    'outcome and time': () =>
      reads.page({ outcomes: ['aborted'], from: NOW - 30 * DAY }, all, 26),
    'part of an image, found once': () =>
      reads.page({ image: 'service-7777:' }, all, 26),
    person: () => reads.page({ person: 'user:default/person-7' }, all, 26),
    'cluster and namespace': () =>
      reads.page({ cluster: 'cluster-3', namespace: 'team-8' }, all, 26),
    'who may see 200 entities': () => reads.page({}, mine, 26),
    'one release': async () => first && reads.entries(first.row),
  };
  const results: HistoryResult['reads'] = {};
  for (const [name, read] of Object.entries(cases)) {
    results[name] = await timeOf(read);
  }
  return results;
}

function rolloutAt(index: number, step: number): Rollout {
  return {
    metadata: {
      name: `new-${index}`,
      namespace: 'demo',
      uid: `new-${index}`,
      resourceVersion: `${step + 1}`,
    },
    spec: {
      replicas: 5,
      strategy: {
        canary: {
          steps: [
            { setWeight: 20 },
            { pause: {} },
            { setWeight: 60 },
            { pause: {} },
          ],
        },
      },
      template: {
        metadata: { labels: { app: 'new' } },
        spec: { containers: [{ name: 'app', image: 'app:2' }] },
      },
    },
    status: {
      currentPodHash: 'new',
      stableRS: 'old',
      currentStepIndex: step,
      pauseConditions: [],
      observedGeneration: '1',
    },
  };
}

/**
 * The time that a change takes of this process, the database included, which
 * runs on the same thread. Processor time: others on the machine do not count.
 */
async function measureRecording(store: HistoryStore): Promise<number> {
  const recorder = new HistoryRecorder({
    store: () => store,
    gapBefore: async () => undefined,
    clock: systemClock,
    logger: console as never,
  });
  const change = (index: number, step: number) => {
    const rollout = rolloutAt(index, step);
    const at = systemClock.now();
    recorder.look(streamOf('local', `new-${index}`), 'local', {
      at,
      subject: rollout,
      gone: false,
      first: false,
      observe: (look, gap) =>
        observe({
          at,
          cluster: 'local',
          rollout,
          gone: look.gone,
          entityRefs: ['component:default/new'],
          replicaSets: [],
          analysisRuns: [],
          commitAnnotations: [],
          gap,
        }),
    });
  };
  // Each rollout has begun before: what is measured is that it goes on.
  for (let index = 0; index < CHANGES / 4; index++) change(index, 0);
  await recorder.flush();
  const before = process.cpuUsage();
  for (let step = 1; step <= 4; step++) {
    for (let index = 0; index < CHANGES / 4; index++) change(index, step);
    await recorder.flush();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / CHANGES;
}

async function main() {
  const { knex, stop } = await startSqlite();
  try {
    await migrate(knex);
    const store = new HistoryStore(knex);
    let begun = performance.now();
    await fill(store);
    const fillSeconds = (performance.now() - begun) / 1_000;
    const reads = new ReleaseReads(knex);
    const results = await measureReads(reads);
    begun = performance.now();
    const range = rangeOf(
      { from: NOW - 365 * DAY, to: NOW + DAY, bucket: 'week' },
      NOW,
    );
    measure(await reads.measured({ ended: range.whole }), range);
    const measuresMilliseconds = performance.now() - begun;
    begun = performance.now();
    const { entries, problems } = await verifyChains(knex);
    if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
    const verifySeconds = (performance.now() - begun) / 1_000;
    const result: HistoryResult = {
      entries,
      fillSeconds,
      reads: results,
      measuresMilliseconds,
      verifySeconds,
      recording: await measureRecording(store),
    };
    answer(result);
  } finally {
    await stop();
  }
}

void main();
