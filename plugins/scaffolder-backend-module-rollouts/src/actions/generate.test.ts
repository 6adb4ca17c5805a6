import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { actionContext } from '../__testUtils__/actionContext';
import { createGenerateAction } from './generate';

const shop = { name: 'shop', image: 'example/shop:1.0' };

describe('rollouts:generate', () => {
  it('writes the files, and says which', async () => {
    const { ctx, workspacePath, outputs, lines } = await actionContext({
      ...shop,
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
    const { ctx, workspacePath } = await actionContext({
      ...shop,
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
    const { ctx } = await actionContext({
      name: 'Shop',
      image: 'shop',
      weights: [90, 10],
    });

    await expect(createGenerateAction().handler(ctx)).rejects.toThrow(
      /name must be[^]*image needs[^]*weights\[1\] must be/,
    );
  });

  it('writes over nothing that is there', async () => {
    const { ctx, workspacePath } = await actionContext(shop, {
      files: { 'k8s/services.yaml': 'mine' },
    });

    await expect(createGenerateAction().handler(ctx)).rejects.toThrow(
      'k8s/services.yaml is there already, and would be written over. Choose another directory.',
    );
    expect(await readdir(join(workspacePath, 'k8s'))).toEqual([
      'services.yaml',
    ]);
    expect(
      await readFile(join(workspacePath, 'k8s/services.yaml'), 'utf8'),
    ).toBe('mine');
  });

  it('stays in the workspace', async () => {
    const { ctx } = await actionContext({ ...shop, directory: '../elsewhere' });

    await expect(createGenerateAction().handler(ctx)).rejects.toThrow(
      /not allowed/i,
    );
  });

  it('takes no field in a description that it does not know', () => {
    const { schema } = createGenerateAction();
    const { properties } = schema?.input as {
      properties: Record<string, { additionalProperties?: unknown }>;
    };

    expect(properties.description?.additionalProperties).toBe(false);
  });
});
