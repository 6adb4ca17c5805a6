import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ago } from './rollout';

const ADA = 'user:default/ada';
const OLIVIA = 'user:default/olivia';
const DAY = 86_400;

/** A release of `colors`, completed in twelve minutes unless `change` says otherwise. */
export function release(
  now: number,
  secondsAgo: number,
  change: Partial<ReleaseSummary> & Pick<ReleaseSummary, 'id'>,
): ReleaseSummary {
  const startedAt = ago(now, secondsAgo);
  const durationSeconds = change.durationSeconds ?? 723;
  return {
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    uid: '0b6f4c1e-8d0c-4a35-9f5e-6a4f2d0f7b11',
    entityRefs: ['component:default/colors'],
    revision: 2,
    podHash: '5f6b7c8d99',
    attempt: 1,
    strategy: 'canary',
    router: 'Istio',
    images: [
      {
        container: 'colors',
        from: 'demo/colors:blue',
        to: 'demo/colors:green',
      },
    ],
    outcome: 'completed',
    startedAt,
    endedAt: ago(now, secondsAgo - durationSeconds),
    durationSeconds,
    step: { reached: 8, count: 8 },
    startedBy: OLIVIA,
    people: [OLIVIA, ADA],
    emergency: false,
    gaps: false,
    ...change,
  };
}

/** One of each outcome, newest first. */
export function historyReleases(now: number): ReleaseSummary[] {
  return [
    release(now, 128, {
      id: 'in-progress',
      revision: 7,
      podHash: '6c9d4b7f58',
      outcome: 'in-progress',
      endedAt: undefined,
      durationSeconds: undefined,
      step: { reached: 1, count: 8 },
    }),
    release(now, 9_400, {
      id: 'red',
      revision: 6,
      podHash: '84f5d7c6bb',
      images: [
        {
          container: 'colors',
          from: 'demo/colors:green',
          to: 'demo/colors:red',
        },
      ],
      outcome: 'aborted',
      cause: 'analysis',
      reason:
        'Success rate was 71 % and must be at least 95 %; 3 of 3 measurements failed.',
      durationSeconds: 45,
      endedAt: ago(now, 9_355),
      restoredAt: ago(now, 9_352),
      step: { reached: 1, count: 8 },
    }),
    release(now, DAY + 12_000, {
      id: 'hotfix',
      revision: 5,
      images: [
        {
          container: 'colors',
          from: 'demo/colors:green',
          to: 'demo/colors:green-fix1',
        },
      ],
      emergency: true,
      startedBy: ADA,
      durationSeconds: 61,
      reason: 'Checkout answers 500s for everybody with a voucher.',
    }),
    release(now, DAY * 2 + 8_000, {
      id: 'gap',
      revision: 4,
      gaps: true,
      durationSeconds: 3_920,
      images: [
        {
          container: 'colors',
          from: 'demo/colors:v1.8.2',
          to: 'demo/colors:v1.9.0',
        },
        { container: 'proxy', from: 'proxy:1.31', to: 'proxy:1.32' },
      ],
    }),
    release(now, DAY * 2 + 30_000, {
      id: 'superseded',
      revision: 3,
      outcome: 'superseded',
      step: { reached: 3, count: 8 },
      durationSeconds: 210,
    }),
    release(now, DAY * 3, {
      id: 'later-undone',
      revision: 2,
      rolledBackBy: 'superseded',
      committedAt: ago(now, DAY * 3 + 5_400),
    }),
    release(now, DAY * 3 + 40_000, {
      id: 'first',
      revision: 1,
      podHash: '7d5c8f9b64',
      outcome: 'unobserved',
      startedAt: undefined,
      endedAt: ago(now, DAY * 3 + 40_000),
      durationSeconds: undefined,
      startedBy: undefined,
      people: [],
      step: undefined,
      gaps: true,
      images: [{ container: 'colors', to: 'demo/colors:blue' }],
    }),
  ];
}

/** Many releases, half a day apart. */
export function longHistory(now: number, count: number): ReleaseSummary[] {
  const colors = ['blue', 'green', 'yellow', 'purple', 'orange'];
  return Array.from({ length: count }, (_, i) => {
    const at = (n: number) => `demo/colors:${colors[n % colors.length]}`;
    const failed = i % 9 === 4;
    return release(now, 600 + i * 43_000, {
      id: `release-${count - i}`,
      revision: count - i,
      images: [{ container: 'colors', from: at(i + 1), to: at(i) }],
      durationSeconds: failed ? 48 : 400 + ((i * 97) % 500),
      startedBy: i % 2 ? ADA : OLIVIA,
      ...(failed
        ? {
            outcome: 'aborted' as const,
            cause: 'analysis' as const,
            reason: 'Success rate was 71 % and must be at least 95 %.',
            step: { reached: 1, count: 8 },
          }
        : {}),
    });
  });
}
