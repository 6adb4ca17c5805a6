import { type EgressPolicy } from './egress/httpEgress';
import { measured } from './testing/measured';
import { withWebServers } from '../__testUtils__/withWebServers';

describe('the way out of providers', () => {
  const { serve, json } = withWebServers();

  const get = (url: string, egress: EgressPolicy = {}, web = {}) =>
    measured({ provider: { web: { url, ...web } } }, { egress });

  it.each([
    ['http://127.0.0.1:1/', 'loopback'],
    ['http://localhost:1/', 'loopback'],
    ['http://[::1]:1/', 'loopback'],
    ['http://[::ffff:127.0.0.1]:1/', 'loopback'],
    ['http://[::ffff:7f00:1]:1/', 'loopback'],
    ['http://[64:ff9b::7f00:1]:1/', 'loopback'],
    ['http://2130706433:1/', 'loopback'],
    ['http://0x7f.1:1/', 'loopback'],
    ['http://0.0.0.0:1/', 'unspecified'],
    ['http://169.254.169.254/latest/meta-data', 'metadata'],
    ['http://[fd00:ec2::254]/', 'metadata'],
    ['http://[fe80::1]/', 'link-local'],
    ['file:///etc/passwd', 'file: is not allowed'],
    ['no url', 'not a URL'],
  ])('refuses %s', async (url, why) => {
    const { phase, message } = await get(url);

    expect(phase).toBe('Error');
    expect(message).toContain(why);
  });

  it('refuses what is not on the list when only the list is allowed', async () => {
    const { message } = await get('http://example.com/', {
      onlyAllowed: true,
      allowedOrigins: ['http://prometheus:9090'],
    });

    expect(message).toContain('not among the allowed origins');
  });

  it('an allowed origin is not a prefix: another port is another origin', async () => {
    const server = await json({});

    const { message } = await get(server.origin, {
      allowedOrigins: ['http://127.0.0.1'],
    });

    expect(message).toContain('loopback');
  });

  it('follows no redirect', async () => {
    const server = await serve((_, response) => {
      response.writeHead(302, { location: '/again' }).end();
    });

    const { message } = await get(server.origin, {
      allowedOrigins: [server.origin],
    });

    expect(message).toContain('redirect (302)');
    expect(server.requests).toHaveLength(1);
  });

  it('takes no more than its cap of a body that does not end', async () => {
    let sent = 0;
    const server = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && sent < 50 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', more);
            return;
          }
        }
      };
      more();
    });

    const { phase, message } = await get(server.origin, {
      allowedOrigins: [server.origin],
    });

    expect(phase).toBe('Error');
    expect(message).toContain('larger than 4194304 bytes');
    expect(sent).toBeLessThan(40 * 1024 * 1024);
  });

  it('gives up on a server that trickles', async () => {
    const server = await serve((_, response) => {
      response.write('{');
    });

    const { phase, message } = await get(
      server.origin,
      { allowedOrigins: [server.origin] },
      { timeoutSeconds: 0.2 },
    );

    expect(phase).toBe('Error');
    expect(message).toContain('within 0.2 s');
  });
});
