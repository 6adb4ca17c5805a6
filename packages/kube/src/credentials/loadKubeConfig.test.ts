import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKubeConfig } from './loadKubeConfig';

describe('loadKubeConfig', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(text: string) {
    const path = join(folder, 'config');
    writeFileSync(path, text);
    return path;
  }

  const GOOD = `
apiVersion: v1
kind: Config
current-context: home
contexts:
- { name: home, context: { cluster: here, user: me } }
- { name: broken, context: { cluster: nowhere, user: me } }
- { name: strange, context: { cluster: strange, user: me } }
- { name: anonymous, context: { cluster: here, user: nobody } }
clusters:
- { name: here, cluster: { server: "https://127.0.0.1:6443", certificate-authority: ca.crt } }
- { name: strange, cluster: { server: "not a url" } }
users:
- { name: me, user: { token: secret } }
`;

  it('selects the current context, and resolves paths beside the file', () => {
    const kubeConfig = loadKubeConfig(file(GOOD));

    expect(kubeConfig.getCurrentCluster()).toMatchObject({
      server: 'https://127.0.0.1:6443',
      caFile: join(folder, 'ca.crt'),
    });
  });

  it.each([
    ['missing', undefined, undefined, /no kubeconfig at .*Check the path/],
    ['malformed', 'a: [b', undefined, /not a valid kubeconfig/],
    ['malformed', 'just text', undefined, /not a usable kubeconfig/],
    ['malformed', '', undefined, /kubeconfig/],
    ['malformed', 'clusters: [{}]', undefined, /clusters\[0\]\.name/],
    [
      'no-context',
      GOOD,
      'work',
      /no context "work"\. Choose one of: home, broken/,
    ],
    ['nowhere', GOOD, 'broken', /the cluster "nowhere".*choose another/],
    ['nowhere', GOOD, 'strange', /"not a url", which is not an http\(s\) URL/],
    ['nowhere', GOOD, 'anonymous', /the user "nobody"/],
  ])('says what is wrong: %s', (problem, text, context, message) => {
    const path = text === undefined ? join(folder, 'none') : file(text);

    expect(() => loadKubeConfig(path, context)).toThrow(
      expect.objectContaining({
        problem,
        message: expect.stringMatching(message),
      }),
    );
  });
});
