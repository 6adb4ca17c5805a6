import type {
  RevisionView,
  Rollout,
  RolloutResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { eventually } from '../__testUtils__/testPortal';
import { COLORS, withColors } from '../__testUtils__/withColors';

jest.setTimeout(60_000);

const HASH = 'rollouts-pod-template-hash';
const COLOURS = ['blue', 'red', 'green'];

const template = (hash: string) => ({
  metadata: { labels: { app: 'colors', [HASH]: hash } },
  spec: { containers: [{ name: 'app', image: `demo/colors:${hash}` }] },
});

/** At rest on revision 3. */
const green = () =>
  canary({
    metadata: {
      name: 'colors',
      namespace: 'demo',
      labels: { 'backstage.io/kubernetes-id': 'colors' },
      annotations: { 'rollout.argoproj.io/revision': '3' },
    },
    status: { stableRS: 'green', currentStepIndex: 4 },
  });

const owner = ({ metadata: { name, uid = '' } }: Rollout) => [
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    name,
    uid,
    controller: true,
  },
];

describe('undo over HTTP', () => {
  const { portals, startWithColors, decision } = withColors();

  /** Revisions 1 to 3 are blue, red and green; an analysis of red has failed. */
  function createRevisions() {
    const { api } = portals.cluster;
    const ownerReferences = owner(portals.cluster.rollout('colors'));
    COLOURS.forEach((hash, index) =>
      api.create(
        { group: 'apps', resource: 'replicasets' },
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          metadata: {
            name: `colors-${hash}`,
            namespace: 'demo',
            ownerReferences,
            labels: { app: 'colors', [HASH]: hash },
            annotations: { 'rollout.argoproj.io/revision': String(index + 1) },
          },
          spec: {
            replicas: 0,
            selector: { matchLabels: { app: 'colors', [HASH]: hash } },
            template: template(hash),
          },
        },
      ),
    );
    api.create(
      { group: 'argoproj.io', resource: 'analysisruns' },
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisRun',
        metadata: {
          name: 'colors-red-2',
          namespace: 'demo',
          ownerReferences,
          labels: { [HASH]: 'red' },
        },
        spec: { metrics: [] },
        status: { phase: 'Failed', completedAt: '2099-01-01T00:00:00Z' },
      },
    );
  }

  it('goes to a revision that an analysis has rolled back only when told to', async () => {
    const { get, post } = await startWithColors({ rollout: green() });
    createRevisions();
    const { actions } = await eventually(
      async () => ((await get(COLORS)).body as RolloutResponse).rollout,
      ({ revisions }: { revisions: RevisionView[] }) =>
        revisions.length === 3 &&
        revisions.some(({ outcome }) => outcome === 'rolled-back'),
    );
    // What is offered is what is done.
    const offered = actions.find(({ action }) => action === 'undo');
    expect(offered?.label).toBe('Undo to revision 1 (blue)');
    expect(offered?.consequences[0]).toContain('blue');

    const answer = await post(
      `${COLORS}/actions/undo`,
      decision({ dryRun: true }),
    );

    expect(answer.body).toMatchObject({ outcome: 'dry-run' });
    const written = JSON.stringify(answer.body.patches);
    expect(written).toContain('demo/colors:blue');
    expect(written).not.toContain('demo/colors:red');

    const told = await post(
      `${COLORS}/actions/undo`,
      decision({ dryRun: true, toRevision: 2 }),
    );
    expect(JSON.stringify(told.body.patches)).toContain('demo/colors:red');
  });
});
