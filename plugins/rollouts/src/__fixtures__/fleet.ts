import type {
  ClusterView,
  FleetPage,
  FleetRow,
  FleetWaiting,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  filterFleet,
  fleetText,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ago } from './rollout';

const TEAMS = [
  'palette',
  'harbor',
  'payments',
  'identity',
  'search',
  'media',
  'growth',
  'data-platform',
];
const SYSTEMS = ['storefront', 'checkout', 'accounts', 'insights', 'content'];
const NOUNS = [
  'cart',
  'checkout',
  'ledger',
  'invoice',
  'profile',
  'session',
  'catalogue',
  'recommendations',
  'thumbnails',
  'notifications',
  'pricing',
  'shipping',
  'returns',
  'reviews',
];
const ROLES = ['api', 'worker', 'web', 'gateway', 'consumer'];
const CLUSTERS = ['eu-west', 'eu-north', 'us-east', 'ap-south'];
const ROUTERS = ['Istio', 'Istio', 'nginx', 'Gateway API', undefined];

/** A fleet that is the same each time: mostly calm, a little of everything. */
export function fleetRows(count: number, now: number): FleetRow[] {
  return Array.from({ length: count }, (_, index) => fleetRow(index, now));
}

function pick<T>(values: readonly T[], index: number, stride: number): T {
  return values[Math.floor(index / stride) % values.length]!;
}

function fleetRow(index: number, now: number): FleetRow {
  const noun = pick(NOUNS, index, 1);
  const role = pick(ROLES, index, NOUNS.length);
  const team = pick(TEAMS, index + Math.floor(index / 40) * 5, 1);
  const generation = Math.floor(index / (NOUNS.length * ROLES.length));
  const name = `${noun}-${role}${generation === 0 ? '' : `-${generation}`}`;
  const version = `v${1 + (index % 4)}.${index % 17}.${index % 9}`;
  const next = `v${1 + (index % 4)}.${(index % 17) + 1}.0`;
  const image = `registry.example.com/${team}/${noun}`;
  const unmapped = index % 97 === 96;
  const base: FleetRow = {
    ref: { cluster: pick(CLUSTERS, index, 5), namespace: team, name },
    uid: `uid-${index}`,
    ...(unmapped
      ? {}
      : {
          entityRef: `component:default/${noun}-${role}`,
          owner: `group:default/${team}`,
          system: `system:default/${pick(SYSTEMS, index, 2)}`,
        }),
    state: 'Healthy',
    sentence: `${version} serves everyone: 5 of 5 pods are available.`,
    strategy: index % 6 === 5 ? 'blueGreen' : 'canary',
    router: pick(ROUTERS, index, 1),
    step: { index: 8, count: 8 },
    share: { actual: 1, desired: 1 },
    images: [
      {
        container: 'app',
        stable: `${image}:${version}`,
        current: `${image}:${version}`,
      },
    ],
    since: ago(now, 3_600 * (4 + (index % 400))),
  };
  const images = [
    {
      container: 'app',
      stable: `${image}:${version}`,
      current: `${image}:${next}`,
    },
  ];
  const kind = index % 40;
  if (kind === 3) {
    return {
      ...base,
      state: 'Paused',
      strategy: 'canary',
      sentence: `20 % of requests go to ${next}. Waiting for someone to promote.`,
      step: { index: 1, count: 8 },
      share: { actual: 0.2, desired: 0.2 },
      images,
      since: ago(now, 240 + index * 37),
      waits: {
        for: 'promotion',
        of: base.owner ? [base.owner] : [],
      },
    };
  }
  if (kind === 11 || kind === 24) {
    const weight = kind === 11 ? 0.4 : 0.05;
    return {
      ...base,
      state: 'Progressing',
      strategy: 'canary',
      sentence: `${weight * 100} % of requests go to ${next} while success-rate is measured: 3 of 5 measurements are good.`,
      step: { index: 4, count: 8 },
      share: { actual: weight, desired: kind === 11 ? 0.6 : weight },
      images,
      since: ago(now, 40 + (index % 300)),
    };
  }
  if (kind === 17 && index % 80 === 17) {
    return {
      ...base,
      state: 'Aborted',
      strategy: 'canary',
      sentence: `Rolled back: success-rate was 71 % and must be at least 95 %; 3 of 3 measurements failed.`,
      step: { index: 2, count: 8 },
      share: { actual: 0, desired: 0 },
      images,
      since: ago(now, 95 + index * 11),
    };
  }
  if (index % 160 === 30) {
    return {
      ...base,
      state: 'Degraded',
      sentence: `No progress for 10 min: the pods of ${next} do not all become available.`,
      step: { index: 0, count: 8 },
      share: { actual: 0, desired: 0.1 },
      images,
      since: ago(now, 700 + index * 13),
    };
  }
  return base;
}

export function fleetClusters(): ClusterView[] {
  return CLUSTERS.map(name => ({
    name,
    state: 'ready',
    missing: [],
    rollouts: 2_500,
    controller: { mode: 'argo', acting: 'argo' },
    version: 'v1.32.0',
  }));
}

/** What somebody of these teams is waited for. */
export function fleetWaitingOf(
  rows: FleetRow[],
  owners: string[],
): FleetWaiting {
  return {
    items: rows
      .filter(row => row.waits?.of.some(owner => owners.includes(owner)))
      .sort((a, b) => (a.since ?? '').localeCompare(b.since ?? ''))
      .map(row => ({ row, because: 'owner' as const })),
  };
}

/** One page with everything on it. */
export function fleetPage(
  rows: FleetRow[],
  clusters: ClusterView[] = fleetClusters(),
): FleetPage {
  return {
    items: rows,
    total: rows.length,
    facets: filterFleet(
      rows.map(row => ({ row, text: fleetText(row) })),
      {},
    ).facets,
    clusters,
  };
}
