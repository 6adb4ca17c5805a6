import { StoredObject } from '../../api/clusterApi';
import { MOST, DESIRED } from './revisions';
import {
  planProportional,
  planRecreate,
  planRollingUpdate,
  Scaling,
} from './planScaling';

const deployment = (replicas: number): StoredObject =>
  ({ spec: { replicas } }) as unknown as StoredObject;

let created = 0;

/** The next ReplicaSet, which is younger than all before. */
const replicaSet = (
  name: string,
  replicas: number,
  availableReplicas: number = replicas,
  annotations: Record<string, string> = {},
): StoredObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name,
    uid: name,
    resourceVersion: '1',
    creationTimestamp: new Date(
      Date.UTC(2026, 0, 1, 0, created++),
    ).toISOString(),
    annotations,
  },
  spec: { replicas },
  status: { availableReplicas },
});

const text = (scalings: Scaling[] | undefined) =>
  scalings
    ?.map(each => `${each.replicaSet.metadata.name} ${each.replicas}`)
    .join(', ');

// Rules: Kubernetes documentation, "Deployments".
describe('a rolling update', () => {
  const bounds = { maxSurge: 1, maxUnavailable: 1 };

  it('gives up what is more than wanted of the new before anything else', () => {
    const [old, current] = [replicaSet('old', 2), replicaSet('new', 5)];

    expect(text(planRollingUpdate(deployment(3), current, [old], bounds))).toBe(
      'new 3',
    );
  });

  it('takes old pods that serve nobody first, whatever their age', () => {
    const healthy = replicaSet('healthy', 2);
    const sick = replicaSet('sick', 2, 0);
    const current = replicaSet('new', 1);

    expect(
      text(planRollingUpdate(deployment(4), current, [healthy, sick], bounds)),
    ).toBe('sick 0');
  });

  it('takes no more of them than may be missing, from the oldest on', () => {
    const old = [replicaSet('first', 2, 0), replicaSet('second', 2, 0)];
    const current = replicaSet('new', 1);

    expect(text(planRollingUpdate(deployment(4), current, old, bounds))).toBe(
      'first 0',
    );
  });

  it('takes no more old pods than others are available beyond the minimum', () => {
    const old = [replicaSet('first', 2), replicaSet('second', 2)];
    const current = replicaSet('new', 1);

    expect(text(planRollingUpdate(deployment(4), current, old, bounds))).toBe(
      'first 0',
    );
  });
});

describe('Recreate', () => {
  const old = (replicas: number) => [replicaSet('old', replicas)];
  const current = replicaSet('new', 0);

  it('ends all old pods first', () => {
    expect(text(planRecreate(deployment(3), current, old(2), 2))).toBe('old 0');
  });

  it('waits until the last of them is gone', () => {
    expect(text(planRecreate(deployment(3), current, old(0), 1))).toBe('');
  });

  it('then brings up the new ones at once', () => {
    expect(text(planRecreate(deployment(3), current, old(0), 0))).toBe('new 3');
  });
});

describe('a deployment that is scaled in the middle of an update', () => {
  const noted = (desired: number, most: number) => ({
    [DESIRED]: String(desired),
    [MOST]: String(most),
  });
  const bounds = { maxSurge: 0, maxUnavailable: 1 };

  it.each([
    ['grows', 'newest', 10, 'c 4, b 3, a 3'],
    ['shrinks', 'oldest', 8, 'a 2, b 3, c 3'],
  ])(
    'gives the rest of the division, when it %s, to the %s of the largest',
    (_, __, replicas, sizes) => {
      const sets = ['a', 'b', 'c'].map(name =>
        replicaSet(name, 3, 3, noted(9, 9)),
      );

      expect(text(planProportional(deployment(replicas), sets, bounds))).toBe(
        sizes,
      );
    },
  );

  it('has no pods at all at zero, whatever its surge', () => {
    const sets = ['a', 'b'].map(name => replicaSet(name, 4, 4, noted(7, 8)));

    expect(
      text(
        planProportional(deployment(0), sets, {
          maxSurge: 1,
          maxUnavailable: 1,
        }),
      ),
    ).toBe('a 0, b 0');
  });

  it('is told from one that was not', () => {
    const sets = ['a', 'b'].map(name => replicaSet(name, 4, 4, noted(8, 8)));

    expect(planProportional(deployment(8), sets, bounds)).toBeUndefined();
  });
});
