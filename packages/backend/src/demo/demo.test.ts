import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  KubeClient,
  NotFoundError,
  RESOURCES,
} from '@progressive-delivery/kube';
import { startLocalCluster } from '@progressive-delivery/local-cluster';
import { generateRollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { createPublishAction } from './createPublishAction';
import { DemoServicesProvider } from './DemoServicesProvider';

// A cluster starts in it.
jest.setTimeout(60_000);

const folders = createMockDirectory();
const temporary = () => mkdtemp(folders.resolve('demo-'));

describe('demo:publish', () => {
  let directory: string;
  let client: KubeClient;
  let cluster: Awaited<ReturnType<typeof startLocalCluster>>;
  beforeAll(async () => {
    directory = await temporary();
    cluster = await startLocalCluster({ directory: await temporary() });
    client = KubeClient.fromFile(cluster.kubeconfigFile);
  });
  afterAll(async () => cluster.stop());

  async function workspaceOf(files: { name: string; text: string }[]) {
    const workspacePath = await temporary();
    await mkdir(join(workspacePath, 'k8s'));
    for (const { name, text } of files) {
      await writeFile(join(workspacePath, 'k8s', name), text);
    }
    await writeFile(join(workspacePath, 'catalog-info.yaml'), 'kind: A');
    return workspacePath;
  }
  const generated = (name: string, image = 'demo/colors:blue') =>
    workspaceOf(generateRollout({ name, image, router: 'istio' }).files);

  async function publish(name: string, user: string, workspacePath: string) {
    const ctx = createMockActionContext({ workspacePath });
    Object.assign(ctx, {
      input: { name, manifests: 'k8s' },
      user: { ref: `user:default/${user}` },
    });
    await createPublishAction(
      { directory, namespace: 'default' },
      () => client,
    ).handler(ctx as never);
    return ctx.output as jest.Mock;
  }
  const rollout = async (name: string) =>
    client.get(RESOURCES.rollouts, { namespace: 'default', name });

  it('brings a service into the cluster, keeps its files, and does so again', async () => {
    await publish('shop', 'ada', await generated('shop'));
    const output = await publish(
      'shop',
      'ada',
      await generated('shop', 'demo/colors:green'),
    );

    expect(output.mock.calls).toContainEqual([
      'entityRef',
      'component:default/shop',
    ]);
    expect(
      await client.get(RESOURCES.virtualServices, {
        namespace: 'default',
        name: 'shop',
      }),
    ).toMatchObject({ metadata: { name: 'shop' } });
    expect(JSON.stringify(await rollout('shop'))).toContain(
      'demo/colors:green',
    );
    expect(
      await readFile(join(directory, 'shop/catalog-info.yaml'), 'utf8'),
    ).toBe('kind: A');
  });

  it('leaves alone what somebody else has made, or nobody by a template', async () => {
    await publish('cart', 'ada', await generated('cart'));
    await client.create(RESOURCES.services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'till-stable', namespace: 'default' },
      spec: { ports: [{ port: 80 }] },
    });

    await expect(
      publish('cart', 'iris', await generated('cart', 'demo/colors:red')),
    ).rejects.toThrow(/cart.* already, and you have not made it/);
    await expect(
      publish('till', 'iris', await generated('till')),
    ).rejects.toThrow('Service till-stable in default already');

    expect(JSON.stringify(await rollout('cart'))).not.toContain('red');
    // Nothing at all was written before the refusal.
    await expect(rollout('till')).rejects.toThrow(NotFoundError);
  });

  it('publishes nothing but a generated service, in its own namespace', async () => {
    const one = (kind: string, namespace: string) =>
      workspaceOf([
        {
          name: 'one.yaml',
          text: `apiVersion: v1\nkind: ${kind}\nmetadata: { name: one, namespace: ${namespace} }\n`,
        },
      ]);

    await expect(
      publish('one', 'iris', await one('Secret', 'default')),
    ).rejects.toThrow('The demo publishes no Secret');
    await expect(
      publish('one', 'iris', await one('Service', 'kube-system')),
    ).rejects.toThrow('publishes to default only');
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
    }
  });
});
