import { ProviderConfig } from './config';
import { ProviderConfigError, type ProviderContext } from './provider';

/**
 * Headers for `authentication:` of a metric: an OAuth2 client-credentials
 * grant. `sigv4` is refused: this controller has no cloud identity.
 */
export async function authorization(
  config: ProviderConfig | undefined,
  { args, http, signal }: ProviderContext,
  options: { insecure: boolean; timeoutMilliseconds: number },
): Promise<Record<string, string>> {
  if (!config) return {};
  if (config.stated('sigv4')) {
    throw new ProviderConfigError(
      'authentication.sigv4 is not supported: use a proxy that signs requests',
    );
  }
  const oauth2 = config.stated('oauth2');
  if (!oauth2) return {};
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: args.text(oauth2.text('clientId')),
    client_secret: args.text(oauth2.text('clientSecret')),
  });
  const scopes = oauth2.texts('scopes').map(scope => args.text(scope));
  if (scopes.length) form.set('scope', scopes.join(' '));
  const response = await http.request(args.url(oauth2.text('tokenUrl')), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    signal,
    ...options,
  });
  const token = readToken(response.body);
  if (response.status >= 400 || !token) {
    throw new Error(
      `the OAuth2 token endpoint answered ${response.status} without an access token`,
    );
  }
  args.secret(token);
  return { authorization: `Bearer ${token}` };
}

function readToken(body: string): string | undefined {
  try {
    const token = JSON.parse(body)?.access_token;
    return typeof token === 'string' ? token : undefined;
  } catch {
    // The caller reports the missing token; the body may hold secrets.
    return undefined;
  }
}
