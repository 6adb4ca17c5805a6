import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { readDemoUsers } from './demoUsers';

/** The request header that names the demo user. A page of another origin cannot send it without a preflight. */
export const DEMO_USER_HEADER = 'x-demo-user';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Signs in as one of the listed demo users, without any proof. It answers
 * only requests that were addressed to this machine by name, so that a name
 * pointed at loopback by somebody else (DNS rebinding) gets nothing.
 */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (result: { name: string }) => ({
    profile: { displayName: result.name },
  }),
  initialize({ config }) {
    return { users: readDemoUsers(config) };
  },
  async authenticate({ req }, { users }) {
    const host = (req.headers.host ?? '').replace(/:\d+$/, '');
    if (!LOOPBACK_NAMES.has(host)) {
      throw new NotAllowedError(
        'Demo users can sign in on this machine only: open the portal at 127.0.0.1',
      );
    }
    const name = req.headers[DEMO_USER_HEADER];
    if (typeof name !== 'string' || name === '') {
      throw new InputError(
        `Name a demo user in the ${DEMO_USER_HEADER} header`,
      );
    }
    if (!users.has(name)) {
      throw new AuthenticationError(
        `There is no demo user ${JSON.stringify(name)}; choose one of: ${[...users].join(', ')}`,
      );
    }
    return { result: { name } };
  },
});
