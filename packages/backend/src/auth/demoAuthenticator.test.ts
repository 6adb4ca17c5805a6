import { ConfigReader } from '@backstage/config';
import { demoAuthenticator } from './demoAuthenticator';

type Request = Parameters<typeof demoAuthenticator.authenticate>[0]['req'];

const context = demoAuthenticator.initialize({
  config: new ConfigReader({ users: [{ name: 'ada' }, { name: 'grace' }] }),
});
const authenticate = (headers: Record<string, string>) =>
  demoAuthenticator.authenticate({ req: { headers } as Request }, context);

describe('demoAuthenticator', () => {
  it('signs in as a listed user', async () => {
    expect(
      await authenticate({ host: '127.0.0.1:7007', 'x-demo-user': 'ada' }),
    ).toEqual({ result: { name: 'ada' } });
  });

  it('refuses a user who is not listed, and says who is', async () => {
    await expect(
      authenticate({ host: 'localhost:7007', 'x-demo-user': 'root' }),
    ).rejects.toThrow(
      'There is no demo user "root"; choose one of: ada, grace',
    );
  });

  it('refuses a request that names nobody', async () => {
    await expect(authenticate({ host: 'localhost' })).rejects.toThrow(
      'Name a demo user in the x-demo-user header',
    );
  });

  it.each(['portal.example.com', 'evil.test:7007', ''])(
    'refuses the host name %j, which somebody else may have pointed here',
    async host => {
      await expect(
        authenticate({ host, 'x-demo-user': 'ada' }),
      ).rejects.toThrow('on this machine only');
    },
  );
});
