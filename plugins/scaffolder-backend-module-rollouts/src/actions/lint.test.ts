import type { LintFinding } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ADA, actionContext } from '../__testUtils__/actionContext';
import { createLintAction } from './lint';

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

describe('rollouts:lint', () => {
  async function run(input: object, severity = finding.severity) {
    const lint = jest.fn(async (_who: unknown, _body: unknown) => ({
      findings: [{ ...finding, severity }],
      suppressed: [],
      checked: { files: 1, objects: 1, rollouts: 1 },
      text: 'a report\n',
    }));
    const made = await actionContext(input, { files: { 'a.yaml': 'kind: A' } });
    await createLintAction({ lint }).handler(made.ctx);
    return { ...made, lint };
  }

  it('sends the manifests in the name of who runs the task, and reports', async () => {
    const { lint, outputs, lines } = await run({
      severities: { 'no-steps': 'info' },
    });

    expect(lint).toHaveBeenCalledWith(ADA, {
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

  it.each([
    [undefined, 'error'],
    ['warning', 'error'],
    ['info', 'warning'],
  ] as const)('with failOn %s, stops at %s', async (failOn, worst) => {
    await expect(run({ failOn }, worst)).rejects.toThrow('(no-steps)');
  });

  it.each([
    [undefined, 'warning'],
    ['warning', 'info'],
    ['never', 'error'],
  ] as const)('with failOn %s, goes on at %s', async (failOn, worst) => {
    const { outputs } = await run({ failOn }, worst);

    expect(outputs().findings).toHaveLength(1);
  });

  it('says when there is nothing to lint', async () => {
    const { ctx } = await actionContext({});

    await expect(
      createLintAction({ lint: jest.fn() }).handler(ctx),
    ).rejects.toThrow('There is no .yaml');
  });
});
