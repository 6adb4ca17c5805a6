import { authorization } from './authorization';
import { ProviderConfig } from './config';
import type { ProviderContext } from './provider';

/** Whoever asks for a token here gets an error instead. */
const context = {
  args: { text: (text: string) => text, url: (text: string) => text },
  http: { request: () => Promise.reject(new Error('asked for a token')) },
  signal: new AbortController().signal,
} as unknown as ProviderContext;

const headersFor = (authentication: unknown) =>
  authorization(new ProviderConfig('authentication', authentication), context, {
    insecure: false,
    timeoutMilliseconds: 1000,
  });

describe('authorization', () => {
  // A run that Argo Rollouts has made is gone on with after a takeover.
  it.each([
    [{ oauth2: {}, sigv4: {} }],
    [{ oauth2: { tokenUrl: '', scopes: [] }, sigv4: { region: '' } }],
    [{}],
  ])('needs none where nothing is said: %j', async authentication => {
    expect(await headersFor(authentication)).toEqual({});
  });

  it('refuses to sign', async () => {
    await expect(
      headersFor({ oauth2: {}, sigv4: { region: 'eu-central-1' } }),
    ).rejects.toThrow('authentication.sigv4 is not supported');
  });

  it('names what half a grant lacks', async () => {
    await expect(
      headersFor({ oauth2: { tokenUrl: 'https://a.example' }, sigv4: {} }),
    ).rejects.toThrow('authentication.oauth2.clientId is required');
  });
});
