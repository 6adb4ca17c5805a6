import { StoredObject } from '../api/clusterApi';
import { planPod, PodWorld } from './planPod';

const START = Date.UTC(2026, 0, 1);

const pod = (
  spec: Record<string, unknown>,
  container: Record<string, unknown> = {},
): StoredObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'colors-1',
    namespace: 'demo',
    uid: 'uid-1',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: {
    nodeName: 'local-node',
    containers: [{ name: 'main', image: 'demo/colors:blue', ...container }],
    ...spec,
  },
  status: { phase: 'Pending' },
});

const world: PodWorld = {
  nodeName: 'local-node',
  hostIP: '127.0.0.1',
  podIP: '10.244.0.1',
  startDelayMs: 1500,
  shutdownMs: 500,
  boundAt: START,
};

/** Carries a plan out as the API server would: conditions by type, the rest replaced. */
function apply(before: StoredObject, patch: Record<string, any>): StoredObject {
  const { conditions, ...fields } = patch;
  const types = (conditions ?? []).map((one: any) => one.type);
  const others = (before.status.conditions ?? []).filter(
    (one: any) => !types.includes(one.type),
  );
  const merged = (conditions ?? []).map((one: any) =>
    Object.fromEntries(
      Object.entries(one).filter(([, value]) => value !== null),
    ),
  );
  return {
    ...before,
    status: { ...before.status, ...fields, conditions: [...others, ...merged] },
  };
}

function line(now: number, { status }: StoredObject): string {
  const states = status.containerStatuses.map((one: any) => {
    const [[kind, detail]] = Object.entries(one.state) as [[string, any]];
    const what = detail.reason ?? kind;
    const code = detail.exitCode === undefined ? '' : `(${detail.exitCode})`;
    const restarts =
      one.restartCount > 0 ? ` restarts ${one.restartCount}` : '';
    return `${what}${code}${restarts}`;
  });
  const ready = status.conditions.find((one: any) => one.type === 'Ready');
  return `${(now - START) / 1000} s ${status.phase} ${states.join(', ')}${ready.status === 'True' ? ' ready' : ''}`;
}

/** The life of a pod until it rests, or for so many changes. */
function life(start: StoredObject, changes = 8): string[] {
  const lines: string[] = [];
  let current = start;
  let now = START;
  for (let n = 0; n < changes; n++) {
    const plan = planPod(current, world, now);
    if (plan.status) {
      current = apply(current, plan.status);
      lines.push(line(now, current));
    }
    expect(planPod(current, world, now).status).toBeUndefined();
    if (plan.wakeAt === undefined) break;
    now = plan.wakeAt;
  }
  return lines;
}

describe('the life of a pod', () => {
  it('is bound to the node first', () => {
    expect(planPod(pod({ nodeName: undefined }), world, START)).toEqual({
      bind: 'local-node',
    });
  });

  it("is nobody else's business", () => {
    expect(planPod(pod({ nodeName: 'another' }), world, START)).toEqual({});
  });

  it('starts after the delay', () => {
    expect(life(pod({}))).toEqual([
      '0 s Pending ContainerCreating',
      '1.5 s Running running ready',
    ]);
  });

  it('is ready later with a readiness probe and a postStart hook', () => {
    const container = {
      readinessProbe: { initialDelaySeconds: 10, httpGet: { port: 80 } },
      lifecycle: { postStart: { exec: { command: ['sleep', '5'] } } },
    };
    expect(life(pod({}, container))).toEqual([
      '0 s Pending ContainerCreating',
      '1.5 s Running running',
      '16.5 s Running running ready',
    ]);
  });

  it('waits for its readiness gates, which others open', () => {
    const gated = pod({ readinessGates: [{ conditionType: 'example/gate' }] });
    expect(life(gated).at(-1)).toBe('1.5 s Running running');

    const open = { type: 'example/gate', status: 'True' };
    const opened = {
      ...gated,
      status: { ...gated.status, conditions: [open] },
    };
    expect(life(opened).at(-1)).toBe('1.5 s Running running ready');
  });

  it('stays pending when the image cannot be pulled', () => {
    const expected = [
      '0 s Pending ContainerCreating',
      '1.5 s Pending ImagePullBackOff',
    ];
    expect(life(pod({}, { image: 'demo/colors:unpullable' }))).toEqual(
      expected,
    );
    expect(life(pod({}, { image: 'nonexistent-image:1' }))).toEqual(expected);
  });

  it('crash-loops with a command that does not exist, ever more slowly', () => {
    const container = { command: ['no-such-thing'] };
    expect(life(pod({}, container), 5)).toEqual([
      '0 s Pending ContainerCreating',
      '1.5 s Running CrashLoopBackOff restarts 1',
      '11.5 s Running CrashLoopBackOff restarts 2',
      '31.5 s Running CrashLoopBackOff restarts 3',
      '71.5 s Running CrashLoopBackOff restarts 4',
    ]);
  });

  it('fails with a bare `exit 1`, which is no program', () => {
    const container = { command: ['exit', '1'] };
    expect(life(pod({ restartPolicy: 'Never' }, container))).toEqual([
      '0 s Pending ContainerCreating',
      '1.5 s Failed StartError(128)',
    ]);
  });

  it.each([
    [['sleep', '5'], '6.5 s Succeeded Completed(0)'],
    [['sh', '-c', 'sleep 5 && exit 1'], '6.5 s Failed Error(1)'],
    [['sh', '-c', 'false || sleep 2; exit 0'], '3.5 s Succeeded Completed(0)'],
    [['sh', '-c', 'no-such-thing'], '1.5 s Failed Error(127)'],
    [['/bin/sleep', '1m'], '61.5 s Succeeded Completed(0)'],
  ])('ends as its command does: %j', (command, end) => {
    const lines = life(pod({ restartPolicy: 'Never' }, { command }));
    expect(lines.at(-1)).toBe(end);
  });

  it('runs its init containers first', () => {
    const initContainers = [
      { name: 'wait', image: 'busybox', command: ['sleep', '3'] },
    ];
    expect(life(pod({ initContainers })).at(-1)).toBe(
      '4.5 s Running running ready',
    );
  });

  it('fails, and runs nothing else, when an init container may not be tried again', () => {
    const failing = {
      restartPolicy: 'Never',
      initContainers: [
        { name: 'check', image: 'busybox', command: ['sh', '-c', 'exit 1'] },
      ],
    };

    expect(life(pod(failing)).at(-1)).toBe('1.5 s Failed ContainerCreating');
  });

  it('fails when its deadline passes', () => {
    const limited = pod({ activeDeadlineSeconds: 30 });
    expect(life(limited).at(-1)).toMatch(/^30 s Failed/);
  });

  it('goes on from its status after a restart, without a write', () => {
    let current = pod({});
    for (const now of [START, START + 1500]) {
      current = apply(current, planPod(current, world, now).status!);
    }
    const later = { ...world, boundAt: Date.parse(current.status.startTime) };
    expect(planPod(current, later, START + 60_000)).toEqual({});
  });
});

describe('the end of a pod', () => {
  const since = START + 60_000;
  const terminating = (grace: number, container = {}): StoredObject => {
    const one = pod({}, container);
    return {
      ...one,
      metadata: {
        ...one.metadata,
        deletionTimestamp: new Date(since + grace * 1000).toISOString(),
        deletionGracePeriodSeconds: grace,
      },
      status: { phase: 'Running' },
    };
  };
  const goneAfter = (one: StoredObject): number => {
    const { wakeAt } = planPod(
      one,
      { ...world, terminatingSince: since },
      since,
    );
    const ended = planPod(one, { ...world, terminatingSince: since }, wakeAt!);
    expect(ended).toEqual({ remove: true });
    return wakeAt! - since;
  };
  const preStop = (seconds: number) => ({
    lifecycle: { preStop: { sleep: { seconds } } },
  });

  it('comes as soon as the program has stopped', () => {
    expect(goneAfter(terminating(30))).toBe(500);
  });

  it('waits for the preStop sleep', () => {
    expect(goneAfter(terminating(30, preStop(10)))).toBe(10_500);
  });

  it('waits no longer than the grace period', () => {
    expect(goneAfter(terminating(5, preStop(60)))).toBe(5000);
  });

  it('is known from the deletion timestamp after a restart', () => {
    const one = terminating(30, preStop(10));
    expect(planPod(one, world, since).wakeAt).toBe(since + 10_500);
  });
});
