import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { KubeClient, RESOURCES } from '@progressive-delivery/kube';
import { startLocalCluster } from '@progressive-delivery/local-cluster';
import { generateRollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { createPublishAction } from './createPublishAction';
import { DemoServicesProvider } from './DemoServicesProvider';

// A cluster starts in it.
jest.setTimeout(60_000);

const temporary = () => mkdtemp(join(tmpdir(), 'demo-services-'));

describe('demo:publish', () => {
  it('brings a service into the cluster, keeps its files, and does so again', async () => {
    const directory = await temporary();
    const cluster = await startLocalCluster({ directory: await temporary() });
    const client = KubeClient.fromFile(cluster.kubeconfigFile);
    const workspacePath = await temporary();
    await mkdir(join(workspacePath, 'k8s'));
    for (const { name, text } of generateRollout({
      name: 'shop',
      image: 'demo/colors:blue',
      router: 'istio',
    }).files) {
      await writeFile(join(workspacePath, 'k8s', name), text);
    }
    await writeFile(join(workspacePath, 'catalog-info.yaml'), 'kind: A');
    const run = async () => {
      const ctx = createMockActionContext({ workspacePath });
      Object.assign(ctx, { input: { name: 'shop', manifests: 'k8s' } });
      await createPublishAction(directory, () => client).handler(ctx as never);
      return ctx.output as jest.Mock;
    };

    try {
      await run();
      const output = await run();

      expect(output.mock.calls).toContainEqual([
        'entityRef',
        'component:default/shop',
      ]);
      for (const resource of [RESOURCES.rollouts, RESOURCES.virtualServices]) {
        expect(
          await client.get(resource, { namespace: 'default', name: 'shop' }),
        ).toMatchObject({ metadata: { name: 'shop' } });
      }
      expect(
        await readFile(join(directory, 'shop/catalog-info.yaml'), 'utf8'),
      ).toBe('kind: A');
    } finally {
      await cluster.stop();
    }
  });
});

describe('DemoServicesProvider', () => {
  it('tells the catalog of each service, and of one that is made later', async () => {
    const directory = await temporary();
    const applied: string[][] = [];
    const waiting: (() => void)[] = [];
    const seen = (names: string[]) =>
      new Promise<void>(resolve => {
        const check = () =>
          JSON.stringify(applied.at(-1)) === JSON.stringify(names)
            ? resolve()
            : undefined;
        waiting.push(check);
        check();
      });
    const provider = new DemoServicesProvider(
      directory,
      mockServices.logger.mock(),
    );
    const write = async (name: string) => {
      await mkdir(join(directory, name));
      await writeFile(
        join(directory, name, 'catalog-info.yaml'),
        `kind: Component\nmetadata: { name: ${name} }\n`,
      );
    };
    await write('shop');
    await provider.connect({
      refresh: async () => {},
      applyMutation: async mutation => {
        const { entities } = mutation as {
          entities: { entity: { metadata: { name: string } } }[];
        };
        applied.push(entities.map(each => each.entity.metadata.name).sort());
        waiting.forEach(check => check());
      },
    });

    try {
      await seen(['shop']);
      await write('cart');
      await seen(['cart', 'shop']);

      expect(applied[0]).toEqual(['shop']);
    } finally {
      provider.stop();
      await rm(directory, { recursive: true });
    }
  });
});
