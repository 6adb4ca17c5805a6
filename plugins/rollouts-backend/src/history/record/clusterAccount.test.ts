import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { clusterAccount } from './clusterAccount';

const PORTAL = 'system:serviceaccount:backstage:backstage';

function tokenOf(claims: unknown): string {
  const part = (value: unknown) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'none' }), part(claims), 'signature'].join('.');
}

const folders = createMockDirectory();

async function kubeConfigOf(user: object) {
  const folder = await mkdtemp(folders.resolve('account-'));
  const file = join(folder, 'kubeconfig');
  await writeFile(
    file,
    JSON.stringify({
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
      clusters: [{ name: 'k', cluster: { server: 'https://127.0.0.1' } }],
      users: [{ name: 'u', user }],
    }),
  );
  return { kind: 'kubeconfig' as const, file };
}

describe('as whom the portal writes to a cluster', () => {
  it.each([
    [tokenOf({ sub: PORTAL }), PORTAL],
    [tokenOf({ sub: 7 }), undefined],
    [tokenOf(null), undefined],
    ['opaque', undefined],
    ['abcdef.0123456789abcdef', undefined],
    [undefined, undefined],
  ])('is told by the token of a server: %s', (token, account) => {
    const server = { kind: 'server' as const, url: 'https://127.0.0.1' };
    expect(clusterAccount({ ...server, serviceAccountToken: token })).toBe(
      account,
    );
  });

  it.each([
    [{ token: tokenOf({ sub: PORTAL }) }, PORTAL],
    // A bootstrap token has a dot, and says nothing.
    [{ token: 'abcdef.0123456789abcdef' }, 'u'],
    [{ username: 'ada', password: 'x' }, 'ada'],
    [{}, 'u'],
  ])('is told by a kubeconfig: %j', async (user, account) => {
    expect(clusterAccount(await kubeConfigOf(user))).toBe(account);
  });

  it('is not known of a file that is not there, nor of a cluster out of reach', () => {
    expect(
      clusterAccount({ kind: 'kubeconfig', file: '/nowhere' }),
    ).toBeUndefined();
    expect(
      clusterAccount({ kind: 'unusable', message: '', remedy: '' }),
    ).toBeUndefined();
  });
});
