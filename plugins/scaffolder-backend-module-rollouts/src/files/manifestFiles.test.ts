import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { manifestFiles } from './manifestFiles';

const folders = createMockDirectory();

async function workspace(...files: string[]) {
  const outside = await mkdtemp(folders.resolve('files-'));
  const path = join(outside, 'workspace');
  await mkdir(path);
  await writeFile(join(outside, 'secret.yaml'), 'secret');
  for (const file of files) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), file);
  }
  return { path, outside };
}

const namesOf = (files: { name: string }[]) => files.map(({ name }) => name);

describe('manifestFiles', () => {
  it('finds manifests of every kind below a directory, but none that the service does not own', async () => {
    const { path } = await workspace(
      'k8s/b.yml',
      'k8s/a.yaml',
      'k8s/deep/c.json',
      'k8s/README.md',
      'node_modules/x/d.yaml',
      '.git/e.yaml',
    );

    const found = await manifestFiles(path, ['.']);

    expect(namesOf(found)).toEqual([
      'k8s/a.yaml',
      'k8s/b.yml',
      'k8s/deep/c.json',
    ]);
    expect(found[0]?.text).toBe('k8s/a.yaml');
  });

  it('sends a file once that two paths name', async () => {
    const { path } = await workspace('k8s/a.yaml');

    expect(
      namesOf(await manifestFiles(path, ['k8s', 'k8s/a.yaml', './k8s'])),
    ).toEqual(['k8s/a.yaml']);
  });

  it.each(['../secret.yaml', '..', '/etc'])(
    'does not leave the workspace by %s',
    async outward => {
      const { path } = await workspace('a.yaml');

      await expect(manifestFiles(path, [outward])).rejects.toThrow(
        /not allowed/i,
      );
    },
  );

  it('does not leave it by a link that is named', async () => {
    const { path, outside } = await workspace('a.yaml');
    await symlink(join(outside, 'secret.yaml'), join(path, 'link.yaml'));
    await symlink(outside, join(path, 'links'));

    for (const link of ['link.yaml', 'links', 'links/secret.yaml']) {
      await expect(manifestFiles(path, [link])).rejects.toThrow(/not allowed/i);
    }
  });

  it('passes over links that it comes by', async () => {
    const { path, outside } = await workspace('a.yaml');
    await symlink(join(outside, 'secret.yaml'), join(path, 'link.yaml'));
    await symlink(outside, join(path, 'links'));

    expect(namesOf(await manifestFiles(path, ['.']))).toEqual(['a.yaml']);
  });

  it('says what is not there', async () => {
    const { path } = await workspace('README.md');

    await expect(manifestFiles(path, ['k8s'])).rejects.toThrow(
      'There is no k8s in the workspace.',
    );
    await expect(manifestFiles(path, ['.'])).rejects.toThrow(
      'There is no .yaml, .yml or .json file in ..',
    );
  });
});
