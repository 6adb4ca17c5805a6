import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCluster, startLocalCluster } from '../startLocalCluster';

function isInstalled(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const describeWithKubectl = isInstalled() ? describe : describe.skip;

const deployment = (replicas: number, image = 'demo/colors:blue') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'demo' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image }] },
    },
  },
});

const rollout = (extra: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'colors', namespace: 'demo' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'colors' } },
    strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
    template: {
      metadata: { labels: { app: 'colors' } },
      spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }] },
    },
    ...extra,
  },
});

describeWithKubectl('kubectl', () => {
  jest.setTimeout(60_000);
  let directory: string;
  let cluster: LocalCluster;

  /** Resolves with what it printed, and how it ended. */
  const kubectl = (args: string, input?: unknown) =>
    new Promise<{ code: number; out: string; err: string }>(resolve => {
      const child = execFile(
        'kubectl',
        [
          '--kubeconfig',
          cluster.kubeconfigFile,
          '--cache-dir',
          join(directory, 'cache'),
          ...args.split(' '),
        ],
        (error, out, err) =>
          resolve({ code: Number(error?.code ?? 0), out, err }),
      );
      child.stdin?.end(input === undefined ? '' : JSON.stringify(input));
    });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-cluster-'));
    cluster = await startLocalCluster({ directory });
    await kubectl('create namespace demo');
  });

  afterEach(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true });
  });

  it('applies from the client’s side: creates, changes, leaves alone', async () => {
    const apply = async (replicas: number) =>
      (await kubectl('apply -f -', deployment(replicas))).out.trim();

    expect(await apply(2)).toBe('deployment.apps/web created');
    expect(await apply(2)).toBe('deployment.apps/web unchanged');
    expect(await apply(3)).toBe('deployment.apps/web configured');
  });

  it('applies from the server’s side, and is told of conflicts', async () => {
    const apply = 'apply --server-side -f -';
    await kubectl(apply, rollout());
    await kubectl('scale rollout colors -n demo --replicas 5');

    const refused = await kubectl(`${apply} --field-manager=other`, rollout());
    const forced = await kubectl(`${apply} --force-conflicts`, rollout());

    expect(refused.code).toBe(1);
    expect(refused.err).toContain('.spec.replicas');
    expect(forced.out).toContain('serverside-applied');
  });

  it('says which field of a rollout it does not know', async () => {
    const { code, err } = await kubectl('apply -f -', rollout({ replicsa: 3 }));

    expect(code).toBe(1);
    expect(err).toContain('unknown field "spec.replicsa"');
  });

  it.each([
    ['json', '[{"op":"replace","path":"/spec/replicas","value":4}]'],
    ['merge', '{"spec":{"replicas":4}}'],
    ['strategic', '{"spec":{"replicas":4}}'],
  ])('patches: %s', async (type, patch) => {
    await kubectl('apply -f -', deployment(1));

    await kubectl(`patch deploy web -n demo --type=${type} -p ${patch}`);

    const { out } = await kubectl(
      'get deploy web -n demo -o jsonpath={.spec.replicas}',
    );
    expect(out).toBe('4');
  });

  it('shows rollouts by their short name and columns', async () => {
    await kubectl('apply -f -', rollout());

    const { out } = await kubectl('get ro -n demo');

    expect(out).toMatch(/NAME +DESIRED +CURRENT +UP-TO-DATE +AVAILABLE +AGE/);
    expect(out).toMatch(/colors +2 /);
  });

  it('waits for a deployment, describes it, and sees its pods and logs go with it', async () => {
    await kubectl('apply -f -', deployment(2));

    const waited = await kubectl(
      'wait deploy/web -n demo --for=condition=Available --timeout=30s',
    );
    const described = await kubectl('describe deploy web -n demo');
    const wide = await kubectl('get pods -n demo -o wide');
    await kubectl('delete deploy web -n demo');
    const gone = await kubectl(
      'wait pods -n demo -l app=web --for=delete --timeout=45s',
    );

    expect(waited.out).toContain('condition met');
    expect(described.out).toContain('Image:');
    expect(wide.out).toMatch(/NODE/);
    expect(gone.code).toBe(0);
  });

  it('follows the log of a job until it ends', async () => {
    await kubectl('create job done -n demo --image=busybox -- sleep 2');
    await kubectl('wait -n demo --for=create pod -l job-name=done');

    const followed = await kubectl('logs -f job/done -n demo');

    expect(followed.out).toContain('ended with exit code 0');
  });

  it('applies a list of objects', async () => {
    const items = [deployment(1), rollout()];

    const { out } = await kubectl('apply -f -', {
      apiVersion: 'v1',
      kind: 'List',
      items,
    });

    expect(out.trim().split('\n')).toEqual([
      'deployment.apps/web created',
      'rollout.argoproj.io/colors created',
    ]);
  });

  it('explains rollouts and deployments', async () => {
    const steps = await kubectl('explain rollout.spec.strategy.canary.steps');
    const template = await kubectl('explain deploy.spec.template.spec');

    expect(steps.out).toContain('setWeight');
    expect(template.out).toContain('containers');
  });
});
