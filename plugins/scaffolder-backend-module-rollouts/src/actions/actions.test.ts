import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResponseError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type {
  LintFinding,
  RolloutSummary,
  SimulatedRollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parse } from 'yaml';
import type { Pace } from '../backend/pace';
import { createConvertDeploymentAction } from './convertDeployment';
import { createGenerateAction } from './generate';
import { createLintAction } from './lint';
import { createSimulateAction } from './simulate';
import { createWaitForAction } from './waitFor';

const DEPLOYMENT = `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: example/shop:1 }] }
`;

async function context<T extends object>(input: T, more: object = {}) {
  const workspacePath = await mkdtemp(join(tmpdir(), 'rollouts-actions-'));
  const lines: string[] = [];
  const ctx = createMockActionContext({ workspacePath });
  Object.assign(ctx, { input, ...more });
  ctx.logger.info = ((line: string) => {
    lines.push(line);
    return ctx.logger;
  }) as never;
  const outputs = () =>
    Object.fromEntries((ctx.output as jest.Mock).mock.calls) as Record<
      string,
      unknown
    >;
  return { ctx: ctx as never, workspacePath, lines, outputs };
}

describe('rollouts:generate', () => {
  it('writes the files, and says which', async () => {
    const { ctx, workspacePath, outputs, lines } = await context({
      name: 'shop',
      image: 'example/shop:1.0',
      router: 'istio',
      directory: 'deploy',
    });

    await createGenerateAction().handler(ctx);

    expect((await readdir(join(workspacePath, 'deploy'))).sort()).toEqual([
      'analysis.yaml',
      'rollout.yaml',
      'route.yaml',
      'services.yaml',
    ]);
    expect(outputs().files).toContain('deploy/rollout.yaml');
    expect(lines).toContain('Wrote deploy/rollout.yaml');
  });

  it('takes what the form field holds, and what is named beside it counts more', async () => {
    const { ctx, workspacePath } = await context({
      name: 'shop',
      image: 'example/shop:1.0',
      replicas: 4,
      description: { preset: 'blue-green', replicas: 9 },
    });

    await createGenerateAction().handler(ctx);

    const text = await readFile(
      join(workspacePath, 'k8s', 'rollout.yaml'),
      'utf8',
    );
    expect(parse(text).spec).toMatchObject({
      replicas: 4,
      strategy: { blueGreen: {} },
    });
  });

  it('names each field that nothing can be made of', async () => {
    const { ctx } = await context({
      name: 'Shop',
      image: 'shop',
      weights: [90, 10],
    });

    await expect(createGenerateAction().handler(ctx)).rejects.toThrow(
      /name must be[^]*image needs[^]*weights\[1\] must be/,
    );
  });

  it('stays in the workspace', async () => {
    const { ctx } = await context({
      name: 'shop',
      image: 'example/shop:1.0',
      directory: '../elsewhere',
    });

    await expect(createGenerateAction().handler(ctx)).rejects.toThrow(
      /not allowed/i,
    );
  });
});

describe('rollouts:convert-deployment', () => {
  it('leaves the Deployment to a rollout that refers to it', async () => {
    const { ctx, workspacePath, outputs } = await context({ file: 'all.yaml' });
    await writeFile(join(workspacePath, 'all.yaml'), DEPLOYMENT);

    await createConvertDeploymentAction().handler(ctx);

    expect(await readFile(join(workspacePath, 'all.yaml'), 'utf8')).toBe(
      DEPLOYMENT,
    );
    expect(outputs().manifests).toContain('scaleDown: progressively');
  });

  it('in place takes the Deployment out, and nothing else', async () => {
    const { ctx, workspacePath } = await context({
      file: 'all.yaml',
      mode: 'in-place',
    });
    await writeFile(join(workspacePath, 'all.yaml'), DEPLOYMENT);

    await createConvertDeploymentAction().handler(ctx);

    const rest = await readFile(join(workspacePath, 'all.yaml'), 'utf8');
    expect(rest).toContain('ConfigMap');
    expect(rest).not.toContain('Deployment');
  });

  it.each([
    [{ file: 'none.yaml' }, 'There is no none.yaml in the workspace.'],
    [{ file: 'all.yaml', name: 'cart' }, 'There is no Deployment cart in'],
  ])('%j is refused', async (input, message) => {
    const { ctx, workspacePath } = await context(input);
    await writeFile(join(workspacePath, 'all.yaml'), DEPLOYMENT);

    await expect(createConvertDeploymentAction().handler(ctx)).rejects.toThrow(
      message,
    );
  });
});

describe('rollouts:lint', () => {
  const finding: LintFinding = {
    rule: 'no-steps',
    severity: 'warning',
    message: 'The canary has no steps.',
    fix: 'Add steps.',
    file: 'k8s/a.yaml',
    line: 3,
    column: 1,
    endLine: 3,
    endColumn: 2,
  };
  const lint = jest.fn(async (_who: unknown, _body: unknown) => ({
    findings: [finding],
    suppressed: [],
    checked: { files: 1, objects: 1, rollouts: 1 },
    text: 'a report\n',
  }));
  const run = async (input: object) => {
    const made = await context(input);
    await writeFile(join(made.workspacePath, 'a.yaml'), 'kind: A');
    await createLintAction({ lint }).handler(made.ctx);
    return made;
  };

  it('sends the manifests and reports', async () => {
    const { outputs, lines } = await run({
      severities: { 'no-steps': 'info' },
    });

    expect(lint.mock.lastCall?.[1]).toEqual({
      files: [{ name: 'a.yaml', text: 'kind: A' }],
      severities: { 'no-steps': 'info' },
    });
    expect(lines).toEqual(['a report']);
    expect(outputs()).toMatchObject({ errors: 0, warnings: 1, notes: 0 });
  });

  it('stops the task at what is as bad as it is told', async () => {
    await expect(run({ failOn: 'warning' })).rejects.toThrow(
      'k8s/a.yaml:3 The canary has no steps. (no-steps)',
    );
  });

  it('says when there is nothing to lint', async () => {
    const { ctx } = await context({});

    await expect(createLintAction({ lint }).handler(ctx)).rejects.toThrow(
      'There is no .yaml',
    );
  });
});

describe('rollouts:simulate', () => {
  const simulation: SimulatedRollout = {
    namespace: 'demo',
    name: 'shop',
    outcome: { kind: 'aborted', at: 90_000, phase: 'Degraded' },
    exposed: 12_000,
    text: 'a log',
    picture: '<svg/>',
    timeline: {},
  };
  const simulate = async () => ({ simulations: [simulation] });
  const run = async (input: object) => {
    const made = await context(input);
    await writeFile(join(made.workspacePath, 'a.yaml'), 'kind: A');
    await createSimulateAction({ simulate }).handler(made.ctx);
    return made;
  };

  it('reports, and writes a picture', async () => {
    const { outputs, workspacePath } = await run({
      expect: 'aborted',
      pictures: 'docs',
    });

    expect(outputs().simulations).toEqual([
      {
        namespace: 'demo',
        name: 'shop',
        outcome: 'aborted',
        seconds: 90,
        exposedSeconds: 12,
      },
    ]);
    expect(
      await readFile(join(workspacePath, 'docs/demo-shop.svg'), 'utf8'),
    ).toBe('<svg/>');
  });

  it('stops the task when it ends otherwise than expected', async () => {
    await expect(run({ expect: 'promoted' })).rejects.toThrow(
      'demo/shop would be aborted, not promoted.',
    );
  });
});

describe('rollouts:wait-for', () => {
  const summary = (phase: string, sentence: string, actual = 0) =>
    ({
      phase,
      sentence,
      weights: { actual, max: 100, desired: actual, routed: true },
      pods: { desired: 2, stable: { ready: 1 }, canary: { ready: 0 } },
      step: { index: 0, count: 4 },
      entityRefs: ['component:default/shop'],
    }) as unknown as RolloutSummary;
  const error = (status: number) =>
    ResponseError.fromResponse(
      new Response('{}', { status }) as never,
    ) as Promise<Error>;
  const input = { cluster: 'local', namespace: 'demo', name: 'shop' };

  function paceOf() {
    let now = 0;
    const pace: Pace = {
      now: () => now,
      wait: async (milliseconds, signal) => {
        signal?.throwIfAborted();
        now += milliseconds;
      },
    };
    return pace;
  }

  async function run(
    answers: (RolloutSummary | Error)[],
    more: object = {},
    signal?: AbortSignal,
  ) {
    const made = await context({ ...input, ...more }, { signal });
    const rollout = async () => {
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof Error) throw next;
      return next as RolloutSummary;
    };
    await createWaitForAction({ rollout }, paceOf()).handler(made.ctx);
    return made;
  }

  it('waits until it is seen and healthy, and says each change once', async () => {
    const { lines, outputs } = await run([
      await error(403),
      await error(404),
      summary('Progressing', 'Pods start.'),
      summary('Progressing', 'Pods start.'),
      await error(503),
      summary('Healthy', 'All is well.', 100),
    ]);

    expect(lines).toEqual([
      'Waiting for demo/shop in local to be seen',
      'Progressing: Pods start. (0 % new, step 1 of 4, 1 of 2 pods ready)',
      expect.stringContaining('The portal is busy'),
      'Healthy: All is well. (100 % new, step 1 of 4, 1 of 2 pods ready)',
    ]);
    expect(outputs().entityRefs).toEqual(['component:default/shop']);
  });

  it('takes what is known of a cluster that does not answer for neither good nor bad', async () => {
    const stale = { since: '2026-11-01T10:00:00Z', reason: 'It is away.' };
    const { lines } = await run([
      { ...summary('Healthy', 'All was well.'), stale },
      { ...summary('Degraded', 'It was bad.'), stale },
      summary('Healthy', 'All is well.', 100),
    ]);
    expect(lines).toEqual([
      'What is known is old: It is away.',
      expect.stringContaining('All is well.'),
    ]);
  });

  it('fails when the rollout does', async () => {
    await expect(
      run([summary('Degraded', 'The image cannot be pulled.')]),
    ).rejects.toThrow('demo/shop in local: The image cannot be pulled.');
  });

  it('fails after its time, with what was seen last', async () => {
    await expect(
      run([summary('Paused', 'Waiting for someone.')], { timeoutMinutes: 1 }),
    ).rejects.toThrow(/not healthy after 1 min.*Waiting for someone/);
  });

  it('takes a pause for good where it is told to', async () => {
    const { outputs } = await run([summary('Paused', 'Waiting.')], {
      acceptPaused: true,
    });

    expect(outputs().phase).toBe('Paused');
  });

  it('ends when the task is cancelled', async () => {
    await expect(
      run([summary('Paused', 'Waiting.')], {}, AbortSignal.abort()),
    ).rejects.toThrow(/abort/i);
  });

  it('asks nobody in a dry run', async () => {
    const { ctx, lines } = await context(input, { isDryRun: true });

    await createWaitForAction(
      { rollout: () => Promise.reject(new Error('asked')) },
      paceOf(),
    ).handler(ctx);

    expect(lines).toEqual(['Would wait until demo/shop in local is healthy.']);
  });
});

describe('every action', () => {
  const none = {} as never;
  const all = [
    createGenerateAction(),
    createConvertDeploymentAction(),
    createLintAction(none),
    createSimulateAction(none),
    createWaitForAction(none, none),
  ];

  it.each(all.map(each => [each.id, each] as const))(
    '%s has a dry run, and examples that its schema takes',
    (id, action) => {
      expect(action.supportsDryRun).toBe(true);
      expect(action.examples?.length).toBeGreaterThan(0);
      const properties = Object.keys(
        (action.schema?.input as { properties?: object })?.properties ?? {},
      );
      for (const { example } of action.examples ?? []) {
        const [step] = parse(example).steps;
        expect(step.action).toBe(id);
        expect(properties).toEqual(
          expect.arrayContaining(Object.keys(step.input)),
        );
      }
    },
  );
});
