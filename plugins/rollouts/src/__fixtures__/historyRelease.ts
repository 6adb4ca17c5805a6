import type {
  MeasuresResponse,
  Release,
  ReleaseComparison,
  ReleaseMeasures,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { successRate } from './metrics';
import { ago, demoSteps } from './rollout';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const OLIVIA = 'user:default/olivia';

/** All that is on record about one of the releases in the list. */
export function releaseDetail(now: number, summary: ReleaseSummary): Release {
  const begin = summary.startedAt ? Date.parse(summary.startedAt) : now - 800e3;
  const at = (seconds: number) =>
    new Date(begin + seconds * 1000).toISOString();
  const aborted = summary.outcome === 'aborted';
  const reached = summary.step?.reached ?? 8;
  // Twenty percent and a wait for people, then on by itself.
  const starts = [0, 8, 640, 648, 660, 668, 680, 688];
  const ends = [8, 640, 648, 660, 668, 680, 688, 723];
  const notDone = (index: number) => {
    if (!aborted) {
      return 'next';
    }
    return index === reached ? 'failed' : 'skipped';
  };
  const steps: Release['steps'] = demoSteps(now, reached).map(
    ({ index, kind, label }) => ({
      index,
      kind,
      label,
      state: index < reached ? 'done' : notDone(index),
      startedAt: index <= reached ? at(starts[index] ?? 0) : undefined,
      endedAt: index < reached ? at(ends[index] ?? 0) : undefined,
      durationSeconds:
        index < reached ? (ends[index] ?? 0) - (starts[index] ?? 0) : undefined,
      unobserved: summary.gaps && (index === 2 || index === 3),
    }),
  );
  const metric = successRate(
    begin + (aborted ? 44_000 : 700_000),
    aborted ? [0.74, 0.72, 0.71] : [0.991, 1, 0.984, 0.997, 0.998, 0.992],
    { phase: aborted ? 'Failed' : 'Successful' },
  );
  return {
    ...summary,
    steps,
    weights: [
      { at: at(0), desired: 20, actual: 0, max: 100 },
      { at: at(6), desired: 20, actual: 20, max: 100 },
      ...(aborted
        ? [{ at: at(45), desired: 0, actual: 0, max: 100 }]
        : [
            { at: at(641), desired: 40, actual: 40, max: 100 },
            { at: at(661), desired: 60, actual: 60, max: 100 },
            { at: at(681), desired: 80, actual: 80, max: 100 },
            { at: at(715), desired: 100, actual: 100, max: 100 },
          ]),
    ],
    pauses: [
      {
        reason: 'CanaryPauseStep',
        stepIndex: 1,
        startedAt: at(8),
        endedAt: aborted ? at(45) : at(640),
        durationSeconds: aborted ? 37 : 632,
        endedBy: aborted
          ? { kind: 'release-end' }
          : { kind: 'person', by: OLIVIA, action: 'promote' },
      },
      ...(aborted
        ? []
        : [3, 5, 7].map(stepIndex => ({
            reason: 'CanaryPauseStep',
            stepIndex,
            startedAt: at(starts[stepIndex] ?? 0),
            plannedSeconds: 10,
            endedAt: at(ends[stepIndex] ?? 0),
            durationSeconds: 12,
            endedBy: { kind: 'time' as const },
          }))),
    ],
    analysisRuns: [
      {
        name: `colors-${summary.podHash}-${summary.revision}`,
        uid: `run ${summary.id}`,
        kind: 'background',
        revision: summary.revision,
        phase: aborted ? 'Failed' : 'Successful',
        verdict: summary.reason && aborted ? summary.reason : undefined,
        startedAt: at(12),
        completedAt: at(aborted ? 44 : 700),
        metrics: [metric],
      },
    ],
    requests:
      aborted || summary.outcome === 'unobserved'
        ? []
        : [
            {
              id: 'q1',
              action: 'promote',
              requestedBy: OLIVIA,
              requestedAt: at(30),
              reason: 'The numbers look good since ten minutes.',
              stepIndex: 1,
              policies: ['production-needs-two'],
              expiresAt: at(4_000),
              state: 'executed',
              endedAt: at(640),
              emergency: summary.emergency,
              votes: summary.emergency
                ? []
                : [
                    {
                      by: ADA,
                      at: at(300),
                      vote: 'approve',
                      comment: 'Errors are flat.',
                    },
                    { by: BOB, at: at(638), vote: 'approve' },
                  ],
              comments: [
                { by: BOB, at: at(500), text: 'Looking at the latency first.' },
              ],
              snapshot: [
                { label: 'Traffic', value: '20 % to green' },
                { label: 'success rate', value: '99.1 %, needs ≥ 95 %' },
                { label: 'Images', value: 'blue → green' },
              ],
            },
          ],
    actions: [
      {
        id: 'a1',
        action: 'set-image',
        at: at(-1),
        by: OLIVIA,
        outcome: 'applied',
        reason: imageOf(summary),
      },
      ...(aborted
        ? []
        : [
            {
              id: 'a2',
              action: 'promote' as const,
              at: at(640),
              by: OLIVIA,
              outcome: 'applied' as const,
              message: summary.emergency
                ? 'In an emergency.'
                : 'Approved by ada and bob.',
            },
          ]),
    ],
    notes: [
      {
        at: at(2),
        severity: 'info',
        text: 'Scaled the canary from 0 to 1 pods.',
      },
      ...(aborted
        ? [
            {
              at: at(45),
              severity: 'error' as const,
              text: 'Aborted: background analysis failed, success rate was 71 %.',
            },
          ]
        : []),
    ],
    gapsIn: summary.gaps
      ? [{ from: at(645), to: at(664), cause: 'portal-down' }]
      : [],
    previous: summary.id === 'later-undone' ? 'first' : 'later-undone',
    chain: {
      stream: 'local/demo/colors',
      first: 120,
      last: 162,
      hash: '9f2c1d7be4a05c3d8d5f1b7a66c0e9f4',
    },
  };
}

const TEMPLATE = `metadata:
  labels:
    app: colors
spec:
  containers:
    - name: colors
      image: demo/colors:blue
      env:
        - name: LOG_LEVEL
          value: info
        - name: CACHE_SECONDS
          value: "60"
      ports:
        - containerPort: 8080
      readinessProbe:
        httpGet:
          path: /healthz
          port: 8080
      resources:
        limits:
          memory: 64Mi
        requests:
          cpu: 10m
          memory: 32Mi
`;

/** The image that a release brought. */
function imageOf({ images }: ReleaseSummary): string {
  return images.at(-1)?.to ?? 'demo/colors:blue';
}

export function comparison(from: Release, to: Release): ReleaseComparison {
  const side = (release: Release, template: string) => ({
    id: release.id,
    ref: release.ref,
    revision: release.revision,
    podHash: release.podHash,
    template: template.replace('demo/colors:blue', imageOf(release)),
  });
  const changed = (path: string, before: string, after: string) => ({
    path: `spec.containers[colors].${path}`,
    kind: 'changed' as const,
    from: JSON.stringify(before),
    to: JSON.stringify(after),
  });
  const images = { from: imageOf(from), to: imageOf(to) };
  return {
    from: side(from, TEMPLATE),
    to: side(
      to,
      TEMPLATE.replace('value: info', 'value: warn').replace(
        'memory: 64Mi',
        'memory: 128Mi',
      ),
    ),
    images: [{ container: 'colors', ...images }],
    template: [
      changed('image', images.from, images.to),
      changed('env[LOG_LEVEL].value', 'info', 'warn'),
      changed('resources.limits.memory', '64Mi', '128Mi'),
    ],
  };
}

export function measures(
  now: number,
  change: Partial<ReleaseMeasures> = {},
): MeasuresResponse {
  return {
    from: ago(now, 30 * 86_400),
    to: ago(now, 0),
    deployments: 23,
    deploymentsPerDay: 23 / 30,
    ended: 25,
    failed: 2,
    changeFailureRate: 0.08,
    leadTime: { count: 19, medianSeconds: 11_400, p90Seconds: 40_000 },
    timeToRestore: { count: 2, medianSeconds: 48, p90Seconds: 60 },
    duration: { count: 23, medianSeconds: 723, p90Seconds: 1_400 },
    buckets: [],
    ...change,
  };
}
