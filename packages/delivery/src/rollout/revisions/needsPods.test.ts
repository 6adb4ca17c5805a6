import type {
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { needsPods } from './needsPods';

const role = { labels: { role: 'canary' } };
const restartAt = '2026-01-01T00:00:00Z';
const asks = (rollout: object, replicaSets: object[] = []) =>
  needsPods(rollout as Rollout, replicaSets as ReplicaSet[]);
const noted = (text: string, replicas: object) => ({
  metadata: {
    annotations: { 'rollout.argoproj.io/ephemeral-metadata': text },
  },
  ...replicas,
});

describe('needsPods', () => {
  it.each([
    { canary: { canaryMetadata: role } },
    { canary: { stableMetadata: { annotations: { role: 'stable' } } } },
    { blueGreen: { previewMetadata: role } },
    { blueGreen: { activeMetadata: role } },
  ])('holds for %j', strategy => {
    expect(asks({ spec: { strategy } })).toBe(true);
  });

  it.each([
    undefined,
    null,
    {},
    { canary: null },
    { canary: { canaryMetadata: null, stableMetadata: {} } },
    { blueGreen: { previewMetadata: { labels: {} } } },
  ])('does not for %j', strategy => {
    expect(asks({ spec: { strategy } })).toBe(false);
  });

  it('holds until a restart has ended', () => {
    expect(asks({ spec: { restartAt } })).toBe(true);
    expect(asks({ spec: { restartAt }, status: {} })).toBe(true);
    expect(
      asks({ spec: { restartAt }, status: { restartedAt: restartAt } }),
    ).toBe(false);
    expect(asks({ spec: { restartAt: 'soon' } })).toBe(false);
  });

  it('holds while pods have what they were given', () => {
    const note = JSON.stringify(role);
    const spec = { spec: { replicas: 0 } };
    expect(asks({}, [noted(note, { spec: { replicas: 1 } })])).toBe(true);
    expect(asks({}, [noted(note, { ...spec, status: { replicas: 1 } })])).toBe(
      true,
    );
    expect(asks({}, [noted(note, { ...spec, status: { replicas: 0 } })])).toBe(
      false,
    );
    expect(asks({}, [noted('nonsense', { spec: { replicas: 1 } })])).toBe(
      false,
    );
  });
});
