import { ConflictError, type KubeClient } from '@progressive-delivery/kube';
import { planRollout } from '../rollout/planRollout';
import { DeliveryLoop } from './deliveryLoop';
import { canary, template } from './__testUtils__/canary';
import {
  ANALYSIS_RUNS,
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import { startWebServer, type WebServer } from '../__testUtils__/webServer';

jest.setTimeout(120_000);

const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
const TEMPLATES = { group: 'argoproj.io', resource: 'analysistemplates' };
const WRITES = new Set(['create', 'patch', 'replace', 'delete', 'evict']);

/** What an undisturbed update leaves, and nothing more. */
const ONE_UPDATE = {
  created: ['AnalysisRun', 'ReplicaSet', 'ReplicaSet'],
  replicas: [0, 2],
  analyses: ['Successful'],
};

/** A client whose calls go through `around` first. */
function wrapped(
  client: KubeClient,
  around: (method: string, args: any[], call: () => Promise<any>) => any,
): KubeClient {
  return new Proxy(client, {
    get(target, method: keyof KubeClient & string) {
      const original = target[method];
      if (typeof original !== 'function') return original;
      return (...args: any[]) =>
        around(method, args, () =>
          (original as (...all: any[]) => any).apply(target, args),
        );
    },
  });
}

describe('faults while a canary is on its way', () => {
  let live: LiveCluster;
  let web: WebServer;
  let loops: DeliveryLoop[];
  const created: string[] = [];

  const start = (client: KubeClient) => {
    const loop = new DeliveryLoop({
      client,
      plan: planRollout,
      egress: { allowedOrigins: [web.origin] },
      mayAct: () => true,
    });
    loops.push(loop);
    loop.view.onStatus(() => loop.view.ready && loop.resync());
    loop.start();
    return loop;
  };

  const healthy = (name: string, revision: number) =>
    live.until(
      ROLLOUTS,
      'default',
      name,
      ({ metadata, status }) =>
        status?.phase === 'Healthy' &&
        status.stableRS === status.currentPodHash &&
        status.observedGeneration === String(metadata.generation) &&
        metadata.annotations?.['rollout.argoproj.io/revision'] ===
          String(revision),
    );

  const setImage = (name: string, image: string) =>
    live.cluster.api.patch(
      ROLLOUTS,
      'default',
      name,
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: image,
        },
      ],
      { type: 'json' },
    );

  beforeEach(async () => {
    loops = [];
    created.length = 0;
    live = await startLiveCluster();
    web = await startWebServer((_, response) => response.end('{"rate":0.99}'));
    live.cluster.api.create(TEMPLATES, template('check', web.origin));
    for (const resource of [REPLICA_SETS, ANALYSIS_RUNS]) {
      live.cluster.api.watch(resource, ({ type, object }) => {
        if (type === 'ADDED') created.push(object.kind);
      });
    }
  });

  afterEach(async () => {
    await Promise.all(loops.map(loop => loop.stop()));
    web.stop();
    await live.stop();
  });

  /** What is there at the end, and what was created on the way. */
  const outcome = () => ({
    created: [...created].sort(),
    replicas: live.cluster.api
      .list(REPLICA_SETS)
      .map(({ spec }) => spec.replicas)
      .sort(),
    analyses: live.cluster.api
      .list(ANALYSIS_RUNS)
      .map(({ status }) => status.phase),
  });

  it('12: a controller that is killed after each single write', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors', { analysis: 'check' }));
    let lives = 0;
    const mortal = () => {
      lives += 1;
      let dead = false;
      const client = wrapped(live.client, async (method, args, call) => {
        if (dead) throw new Error('killed');
        const answer = await call();
        if (!WRITES.has(method) || args[0]?.plural === 'events') return answer;
        dead = true;
        // The answer is lost with the process; the next one begins afresh.
        setImmediate(() => mortal());
        throw new Error('killed');
      });
      start(client);
    };
    mortal();
    await healthy('colors', 1);

    setImage('colors', 'demo/colors:green');
    await healthy('colors', 2);
    await live.until(ROLLOUTS, 'default', 'colors', () =>
      live.cluster.api
        .list(REPLICA_SETS)
        .some(({ spec }) => spec.replicas === 0),
    );

    expect(lives).toBeGreaterThan(8);
    expect(outcome()).toEqual(ONE_UPDATE);
  });

  it('11: somebody else writes the rollout just before each of its status writes', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors', { analysis: 'check' }));
    let conflicts = 0;
    live.cluster.controls.setFaults(({ resource, subresource, verb }) => {
      if (verb !== 'patch' || resource !== 'rollouts' || conflicts >= 12) {
        return undefined;
      }
      if (subresource !== 'status') return undefined;
      conflicts += 1;
      if (conflicts % 2) {
        live.cluster.api.patch(
          ROLLOUTS,
          'default',
          'colors',
          { metadata: { annotations: { touched: String(conflicts) } } },
          { type: 'merge' },
        );
      }
      return undefined;
    });
    start(live.client);
    await healthy('colors', 1);

    setImage('colors', 'demo/colors:green');
    await healthy('colors', 2);

    expect(conflicts).toBe(12);
    expect(outcome()).toEqual(ONE_UPDATE);
  });

  it('13: a watch that lags behind its own writes', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors', { analysis: 'check' }));
    const steps: number[] = [];
    live.cluster.api.watch(ROLLOUTS, ({ object }) => {
      steps.push(object.status?.currentStepIndex ?? 0);
    });
    const repeated: string[] = [];
    const lagging = wrapped(live.client, async (method, args, call) => {
      const answer = await call().catch(error => {
        // Nobody else writes rollouts or creates anything here.
        const ours = method === 'create' || args[0]?.plural === 'rollouts';
        if (ours && error instanceof ConflictError)
          repeated.push(error.message);
        throw error;
      });
      if (method !== 'watch') return answer;
      return {
        close: () => answer.close(),
        async *[Symbol.asyncIterator]() {
          for await (const event of answer) {
            await new Promise(resolve => {
              setTimeout(resolve, 150);
            });
            yield event;
          }
        },
      };
    });
    start(lagging);
    await healthy('colors', 1);
    steps.length = 0;

    setImage('colors', 'demo/colors:green');
    await healthy('colors', 2);

    expect(repeated).toEqual([]);
    const afterReset = steps.slice(steps.indexOf(0));
    expect(afterReset).toEqual([...afterReset].sort());
    expect(outcome()).toEqual(ONE_UPDATE);
  });

  it('1: an API server that restarts in mid-update', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors', { analysis: 'check' }));
    start(live.client);
    await healthy('colors', 1);

    setImage('colors', 'demo/colors:green');
    await live.until(
      ROLLOUTS,
      'default',
      'colors',
      ({ status }) => status.currentStepIndex === 1,
    );
    await live.cluster.controls.restart();
    await healthy('colors', 2);

    expect(outcome()).toEqual(ONE_UPDATE);
  });

  it('20: a metric that hangs holds up neither its neighbours nor itself', async () => {
    const hanging = await startWebServer(() => {});
    live.cluster.api.create(TEMPLATES, template('hangs', hanging.origin));
    const loop = new DeliveryLoop({
      client: live.client,
      plan: planRollout,
      workers: 1,
      egress: { allowedOrigins: [web.origin, hanging.origin] },
      mayAct: () => true,
    });
    loops.push(loop);
    loop.view.onStatus(() => loop.view.ready && loop.resync());
    loop.start();
    const run = (name: string, url: string) =>
      live.cluster.api.create(ANALYSIS_RUNS, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisRun',
        metadata: { name, namespace: 'default' },
        spec: {
          metrics: [
            {
              name: 'rate',
              consecutiveErrorLimit: 0,
              provider: { web: { url, timeoutSeconds: 2 } },
            },
          ],
        },
      });

    run('hangs', hanging.origin);
    run('answers', web.origin);
    const phase = (name: string) =>
      live.cluster.api.find(ANALYSIS_RUNS, 'default', name)?.status?.phase;
    await live.until(ANALYSIS_RUNS, 'default', 'answers', ({ status }) =>
      Boolean(status?.completedAt),
    );
    expect(phase('hangs')).toBe('Running');
    const { status } = await live.until(
      ANALYSIS_RUNS,
      'default',
      'hangs',
      each => Boolean(each.status?.completedAt),
    );
    hanging.stop();

    expect(status.message).toContain('no answer from');
    expect(status.phase).toBe('Error');
  });

  it('24: a rollout that is wrong disturbs no other', async () => {
    const wrong = canary('wrong');
    wrong.spec.strategy.canary.steps = [{ setWeight: 140 }];
    const missing = canary('missing', { analysis: 'nowhere' });
    live.cluster.api.create(ROLLOUTS, wrong);
    live.cluster.api.create(ROLLOUTS, missing);
    live.cluster.api.create(ROLLOUTS, canary('fine'));
    start(live.client);

    await healthy('fine', 1);
    const invalid = (name: string) =>
      live.until(ROLLOUTS, 'default', name, ({ status }) =>
        status?.conditions?.some(
          (condition: any) => condition.type === 'InvalidSpec',
        ),
      );

    expect((await invalid('wrong')).status.message).toContain('setWeight');
    expect((await invalid('missing')).status.message).toContain('nowhere');
  });

  it('26: deleted and created again under the same name', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    start(live.client);
    const first = await healthy('colors', 1);

    live.cluster.api.delete(ROLLOUTS, 'default', 'colors');
    live.cluster.api.create(
      ROLLOUTS,
      canary('colors', { image: 'demo/colors:green' }),
    );
    const second = await healthy('colors', 1);

    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    const owned = live.cluster.api
      .list(REPLICA_SETS)
      .filter(
        ({ metadata }) =>
          metadata.ownerReferences?.[0]?.uid === second.metadata.uid,
      );
    expect(
      owned.map(({ spec }) => spec.template.spec.containers[0].image),
    ).toEqual(['demo/colors:green']);
  });
});
