import { NewObject } from '../../api/clusterApi';
import { LivingCluster, startLivingCluster } from '../../testing/livingCluster';
import { conditionOf } from '../objects/pod';
import { JOBS } from '../objects/resources';

const job = (
  command: string[],
  more: Record<string, unknown> = {},
  restartPolicy = 'Never',
): NewObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'check' },
  spec: {
    template: {
      spec: {
        restartPolicy,
        containers: [{ name: 'main', image: 'busybox', command }],
      },
    },
    ...more,
  },
});

describe('the Job controller', () => {
  let cluster: LivingCluster;
  beforeEach(() => {
    cluster = startLivingCluster();
  });
  afterEach(() => cluster.stop());
  const get = () => cluster.api.find(JOBS, 'default', 'check');
  const ended = () =>
    ['Complete', 'Failed'].filter(
      type => conditionOf(get()!, type)?.status === 'True',
    );

  it('completes when its pod has slept and ended well', async () => {
    cluster.create(JOBS, job(['sleep', '5']));

    await cluster.clock.advance(5000);
    expect(get()!.status).toMatchObject({ active: 1 });
    await cluster.clock.advance(2000);

    expect(ended()).toEqual(['Complete']);
    expect(get()!.status).toMatchObject({ succeeded: 1 });
    expect(get()!.status.active).toBeUndefined();
    expect(get()!.status.completionTime).toBeDefined();
  });

  it('fails at once with a backoffLimit of zero', async () => {
    cluster.create(
      JOBS,
      job(['sh', '-c', 'sleep 5 && exit 1'], { backoffLimit: 0 }),
    );

    await cluster.clock.advance(7000);

    expect(ended()).toEqual(['Failed']);
    expect(conditionOf(get()!, 'Failed')?.reason).toBe('BackoffLimitExceeded');
    expect(get()!.status).toMatchObject({ failed: 1 });
  });

  it('tries again with growing delay, up to backoffLimit', async () => {
    cluster.create(JOBS, job(['false'], { backoffLimit: 2 }));

    await cluster.clock.advance(9000);
    expect(cluster.pods()).toHaveLength(1);
    await cluster.clock.advance(5000);
    expect(cluster.pods()).toHaveLength(2);
    await cluster.clock.advance(60_000);

    expect(cluster.pods()).toHaveLength(3);
    expect(ended()).toEqual(['Failed']);
  });

  it('restarts the container in place with OnFailure', async () => {
    cluster.create(
      JOBS,
      job(['sh', '-c', 'exit 3'], { backoffLimit: 3 }, 'OnFailure'),
    );

    await cluster.clock.advance(15_000);
    expect(cluster.pods()).toHaveLength(1);
    expect(cluster.pods()[0]!.status.containerStatuses[0].restartCount).toBe(2);
    await cluster.clock.advance(60_000);

    expect(ended()).toEqual(['Failed']);
  });

  it('runs as many pods at a time as parallelism allows', async () => {
    cluster.create(
      JOBS,
      job(['sleep', '5'], { completions: 5, parallelism: 2 }),
    );
    let most = 0;
    for (let second = 0; second < 30; second++) {
      await cluster.clock.advance(1000);
      most = Math.max(most, get()!.status.active ?? 0);
    }
    expect(most).toBe(2);
    expect(get()!.status.succeeded).toBe(5);
    expect(ended()).toEqual(['Complete']);
  });

  it('is stopped by activeDeadlineSeconds', async () => {
    cluster.create(JOBS, job(['sleep', '100'], { activeDeadlineSeconds: 10 }));

    await cluster.clock.advance(12_000);

    expect(conditionOf(get()!, 'Failed')?.reason).toBe('DeadlineExceeded');
    expect(cluster.pods()).toHaveLength(0);
    expect(get()!.status).toMatchObject({ failed: 1 });
  });

  it('goes away with its pods after its time to live', async () => {
    cluster.create(JOBS, job(['true'], { ttlSecondsAfterFinished: 30 }));
    await cluster.clock.advance(20_000);
    expect(ended()).toEqual(['Complete']);

    await cluster.clock.advance(20_000);

    expect(get()).toBeUndefined();
    expect(cluster.pods()).toHaveLength(0);
  });
});
