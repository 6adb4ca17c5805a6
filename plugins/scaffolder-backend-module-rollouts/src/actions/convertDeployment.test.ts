import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actionContext } from '../__testUtils__/actionContext';
import { createConvertDeploymentAction } from './convertDeployment';

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: example/shop:1 }] }
`;
const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
`;
const ALL = `${CONFIG}---\n${deployment('shop')}`;

async function convert(
  input: object,
  files: Record<string, string> = { 'all.yaml': ALL },
) {
  const made = await actionContext(input, { files });
  const read = (name: string) =>
    readFile(join(made.workspacePath, name), 'utf8');
  const run = async () => createConvertDeploymentAction().handler(made.ctx);
  return { ...made, read, run };
}

describe('rollouts:convert-deployment', () => {
  it('leaves the Deployment to a rollout that refers to it', async () => {
    const { run, read, outputs } = await convert({ file: 'all.yaml' });

    await run();

    expect(await read('all.yaml')).toBe(ALL);
    expect(outputs().manifests).toContain('scaleDown: progressively');
  });

  it('in place takes the Deployment out, and nothing else', async () => {
    const { run, read } = await convert({ file: 'all.yaml', mode: 'in-place' });

    await run();

    const rest = await read('all.yaml');
    expect(rest).toContain('ConfigMap');
    expect(rest).not.toContain('Deployment');
  });

  it('in place removes a file in which nothing else is', async () => {
    const { run, workspacePath } = await convert(
      { file: 'only.yaml', mode: 'in-place' },
      { 'only.yaml': `---\n${deployment('shop')}---\n` },
    );

    await run();

    await expect(access(join(workspacePath, 'only.yaml'))).rejects.toThrow(
      'ENOENT',
    );
  });

  it('in place may write where the Deployment alone was', async () => {
    const { run, read } = await convert(
      { file: 'k8s/rollout.yaml', mode: 'in-place' },
      { 'k8s/rollout.yaml': deployment('shop') },
    );

    await run();

    expect(await read('k8s/rollout.yaml')).toContain('kind: Rollout');
  });

  it.each(['workload-ref', 'in-place'])(
    'writes over nothing that is there: %s',
    async mode => {
      const { run, read } = await convert(
        { file: 'k8s/services.yaml', mode },
        { 'k8s/services.yaml': ALL },
      );

      await expect(run()).rejects.toThrow(
        'k8s/services.yaml is there already, and would be written over. Choose another directory.',
      );
      expect(await read('k8s/services.yaml')).toBe(ALL);
    },
  );

  it('changes nothing when it cannot write the rest', async () => {
    const { run, read } = await convert({
      file: 'all.yaml',
      mode: 'in-place',
      directory: '../elsewhere',
    });

    await expect(run()).rejects.toThrow(/not allowed/i);
    expect(await read('all.yaml')).toBe(ALL);
  });

  it('reads nothing outside of the workspace', async () => {
    const { ctx, workspacePath } = await actionContext({
      file: '../outside.yaml',
    });
    await writeFile(join(workspacePath, '../outside.yaml'), ALL);

    await expect(createConvertDeploymentAction().handler(ctx)).rejects.toThrow(
      /not allowed/i,
    );
  });

  it.each([
    [{ file: 'none.yaml' }, 'There is no none.yaml in the workspace.'],
    [{ file: 'k8s' }, 'k8s is a directory: name the file in it.'],
    [{ file: 'all.yaml', name: 'cart' }, 'There is no Deployment cart in'],
    [{ file: 'two.yaml' }, 'There are several Deployments in two.yaml'],
    [{ file: 'broken.yaml' }, 'broken.yaml cannot be read: '],
  ])('%j is refused', async (input, message) => {
    const { run } = await convert(input, {
      'all.yaml': ALL,
      'k8s/other.yaml': CONFIG,
      'two.yaml': `${deployment('shop')}---\n${deployment('cart')}`,
      'broken.yaml': `${deployment('shop')}---\na: [`,
    });

    await expect(run()).rejects.toThrow(message);
  });

  it('takes the one of several that is named', async () => {
    const { run, outputs } = await convert(
      { file: 'two.yaml', name: 'cart' },
      { 'two.yaml': `${deployment('shop')}---\n${deployment('cart')}` },
    );

    await run();

    expect(outputs().manifests).toContain('name: cart');
    expect(outputs().manifests).not.toContain('name: shop');
  });
});
