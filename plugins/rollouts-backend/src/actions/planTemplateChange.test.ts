import { NOW, paused, plan, replicaSet } from '../__testUtils__/plannedAction';
import { undo, undoneImageTag } from './kinds/undo';

describe('undo', () => {
  const replicaSets = [replicaSet(2, 'green'), replicaSet(1, 'blue')];

  it('brings the second highest revision back, without the hash label', () => {
    expect(plan('undo', paused(), { replicaSets }).writes).toEqual([
      {
        at: 'rollouts',
        type: 'json',
        patch: [
          {
            op: 'replace',
            path: '/spec/template',
            value: {
              metadata: { labels: { app: 'colors' } },
              spec: {
                containers: [{ name: 'app', image: 'demo/colors:blue' }],
              },
            },
          },
        ],
      },
    ]);
  });

  it('writes nothing when the template is that one already', () => {
    expect(
      plan('undo', paused(), { replicaSets, toRevision: 2 }),
    ).toMatchObject({
      writes: [],
      unchanged: expect.stringContaining('revision 2'),
    });
  });

  it('goes before the version that was seen, whatever is newer by now', () => {
    const [write] =
      plan('undo', paused(), {
        replicaSets: [replicaSet(3, 'red'), ...replicaSets],
      }).writes ?? [];
    expect(write?.patch).toMatchObject([
      { value: { spec: { containers: [{ image: 'demo/colors:blue' }] } } },
    ]);
  });

  it.each(['undo', 'set-image'] as const)(
    '%s a second time is refused, because the version is another by now',
    action => {
      expect(
        plan(action, paused(), {
          replicaSets,
          images: [{ container: '*', image: 'demo/colors:red' }],
          podHash: 'before',
        }).refused,
      ).toMatchObject({ code: 'moved-on' });
    },
  );

  it('names the revision and its image, before and after', () => {
    const context = {
      rollout: paused(),
      replicaSets,
      analysisRuns: [],
      now: NOW,
    };
    expect(undo.label(context)).toBe('Undo to revision 1 (blue)');
    expect(undoneImageTag(context)).toBe('blue');
    expect(plan('undo', paused(), { replicaSets }).does).toBe(
      'Brings revision 1 (blue) back.',
    );
  });

  it('passes over what analysis rolled back, unless it is asked for', () => {
    const context = {
      rollout: paused({ currentPodHash: 'red' }),
      replicaSets: [replicaSet(3, 'red'), ...replicaSets],
      analysisRuns: [],
      outcomes: new Map([['green', 'rolled-back'] as const]),
      now: NOW,
    };
    expect(undo.label(context)).toBe('Undo to revision 1 (blue)');
    expect(undo.plan(context, {})).toMatchObject({
      does: 'Brings revision 1 (blue) back.',
    });
    expect(undo.plan(context, { toRevision: 2 })).toMatchObject({
      does: 'Brings revision 2 (green) back.',
    });
  });

  it('names the revisions there are', () => {
    expect(
      plan('undo', paused(), { replicaSets, toRevision: 9 }).refused,
    ).toMatchObject({ code: 'invalid', remedy: 'Choose one of: 2, 1.' });
  });
});

describe('set-image', () => {
  it('says for the record which image', () => {
    expect(
      plan('set-image', paused(), {
        images: [{ container: 'app', image: 'demo/colors:red' }],
      }).does,
    ).toBe('Sets the image of app to demo/colors:red.');
  });

  const images = [{ container: '*', image: 'demo/colors:red' }];

  it('tests what it replaces', () => {
    expect(plan('set-image', paused(), { images }).writes).toEqual([
      {
        at: 'rollouts',
        type: 'json',
        patch: [
          {
            op: 'test',
            path: '/spec/template/spec/containers/0/name',
            value: 'app',
          },
          {
            op: 'test',
            path: '/spec/template/spec/containers/0/image',
            value: 'demo/colors:green',
          },
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/image',
            value: 'demo/colors:red',
          },
        ],
      },
    ]);
  });

  it('changes the workload where the rollout refers to one', () => {
    const rollout = paused(
      {},
      {
        template: undefined,
        workloadRef: { kind: 'Deployment', name: 'colors' },
      },
    );
    const workload = {
      metadata: { name: 'colors', namespace: 'demo' },
      spec: { template: { spec: { containers: [{ name: 'app' }] } } },
    };
    expect(
      plan('set-image', rollout, { images, workload }).writes?.[0]?.at,
    ).toBe('deployments');
  });
});
