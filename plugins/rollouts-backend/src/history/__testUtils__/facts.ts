import type { FactData, HistoryFact } from '../facts/HistoryFact';
import type { StreamAppend } from '../store/HistoryStore';

export const NOW = Date.UTC(2026, 10, 1);
export const DAY = 24 * 3_600_000;

export function started(
  releaseId: string,
  at: number,
  change: Partial<FactData['release-started']> = {},
): HistoryFact {
  return {
    releaseId,
    kind: 'release-started',
    key: `${releaseId}/release-started/0`,
    at,
    data: {
      cluster: 'local',
      namespace: 'demo',
      name: 'colors',
      uid: 'u1',
      entityRefs: ['component:default/colors'],
      podHash: releaseId,
      attempt: 1,
      strategy: 'canary',
      images: [{ container: 'app', from: 'colors:1', to: 'colors:2' }],
      steps: [{ kind: 'setWeight', label: '20 %' }],
      observed: true,
      ...change,
    },
  };
}

export function ended(
  releaseId: string,
  at: number,
  data: Partial<FactData['release-ended']> = {},
): HistoryFact {
  return {
    releaseId,
    kind: 'release-ended',
    key: `${releaseId}/release-ended/0`,
    at,
    data: { outcome: 'completed', observed: true, ...data },
  };
}

export function act(
  id: string,
  at: number,
  action: FactData['action']['action'],
): HistoryFact {
  return {
    kind: 'action',
    key: `action/${id}`,
    at,
    data: {
      id,
      action,
      at: new Date(at).toISOString(),
      by: 'user:default/ada',
      outcome: 'applied',
      reason: 'for a reason',
    },
  };
}

export const append = (
  facts: HistoryFact[],
  basedOn?: StreamAppend['basedOn'],
  stream = 'local/u1',
): StreamAppend => ({ stream, cluster: 'local', facts, basedOn });
