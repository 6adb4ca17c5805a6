import { startWebServer, type WebServer } from '../__testUtils__/webServer';
import { canary, template } from './__testUtils__/canary';
import {
  EVENTS,
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import {
  startDeliveryController,
  type DeliveryController,
} from './startDeliveryController';

jest.setTimeout(90_000);

const EXPERIMENTS = { group: 'argoproj.io', resource: 'experiments' };
const TEMPLATES = { group: 'argoproj.io', resource: 'analysistemplates' };

describe('an experiment step on a cluster', () => {
  let live: LiveCluster;
  let controller: DeliveryController;
  let server: WebServer;
  let rate = 0.99;

  const until = (wanted: (status: any) => boolean) =>
    live.until(ROLLOUTS, 'default', 'app', ({ status }) =>
      Boolean(status && wanted(status)),
    );

  beforeEach(async () => {
    rate = 0.99;
    live = await startLiveCluster();
    server = await startWebServer((_request, response) =>
      response.end(`{"rate":${rate}}`),
    );
    live.cluster.api.create(TEMPLATES, template('check', server.origin));
    const rollout = canary('app');
    rollout.spec.strategy.canary.steps = [
      { setWeight: 50 },
      {
        experiment: {
          scaleDownDelaySeconds: 0,
          templates: [
            { name: 'baseline', specRef: 'stable' },
            { name: 'candidate', specRef: 'canary' },
          ],
          analyses: [
            {
              name: 'compare',
              templateName: 'check',
              requiredForCompletion: true,
            },
          ],
        },
      },
    ];
    live.cluster.api.create(ROLLOUTS, rollout);
    controller = await startDeliveryController({
      client: live.client,
      egress: { allowedOrigins: [server.origin] },
    });
    await until(status => status.phase === 'Healthy');
  });

  afterEach(async () => {
    await controller.stop();
    server.stop();
    await live.stop();
  });

  const deploy = () =>
    live.cluster.api.patch(
      ROLLOUTS,
      'default',
      'app',
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: 'demo/colors:green',
        },
      ],
      { type: 'json' },
    );
  const experiments = () =>
    live.cluster.api
      .list(EXPERIMENTS)
      .map(({ metadata, status }) => [metadata.name, status.phase]);

  it('goes on to the end when the experiment succeeds', async () => {
    const { status: before } = await until(() => true);

    deploy();
    const { status } = await until(
      each => each.phase === 'Healthy' && each.stableRS !== before.stableRS,
    );

    expect(experiments()).toEqual([
      [`app-${status.stableRS}-2-1`, 'Successful'],
    ]);
    await controller.stop();
    expect(live.cluster.api.list(EVENTS).map(each => each.reason)).toEqual(
      expect.arrayContaining(['ExperimentCreated', 'ExperimentSuccessful']),
    );
  });

  it('rolls back when the experiment fails, and says why', async () => {
    rate = 0.5;
    deploy();

    const { status } = await until(each => each.phase === 'Degraded');

    expect(status.message).toMatch(
      /^RolloutAborted: Rollout aborted update to revision 2: Experiment analysis phase is error\/failed: Metric "rate" assessed Failed/,
    );
    expect(experiments()).toEqual([
      [`app-${status.currentPodHash}-2-1`, 'Failed'],
    ]);
  });
});
