import { redactTemplate } from './redactTemplate';

const env = (name: string, value: string) =>
  redactTemplate({ spec: { containers: [{ env: [{ name, value }] }] } });
const shown = (name: string, value: string) => ({
  spec: { containers: [{ env: [{ name, value }] }] },
});

describe('a template on record', () => {
  it('keeps what says how a version runs', () => {
    const template = {
      metadata: { labels: { app: 'colors' }, annotations: { team: 'palette' } },
      spec: {
        serviceAccountName: 'colors',
        imagePullSecrets: [{ name: 'registry' }],
        containers: [
          {
            name: 'app',
            image: 'registry:5000/colors@sha256:0a1b',
            args: ['--level', 'debug', '--key-count=3'.replace('key-', '')],
            env: [
              { name: 'LOG_LEVEL', value: 'debug' },
              {
                name: 'DATABASE',
                valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
              },
            ],
            resources: { limits: { memory: '64Mi' } },
            ports: [{ containerPort: 8080 }],
          },
        ],
        volumes: [{ name: 'v', secret: { secretName: 'tls' } }],
      },
    };
    expect(redactTemplate(template)).toEqual(template);
  });

  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['API_KEY', 'abc'],
    ['GITHUB_TOKEN', 'x'],
    ['SESSION_SECRET', 'y'],
    ['SENTRY_DSN', 'z'],
    ['AUTH', 'q'],
    [
      'KEY',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
    ],
    ['IDENTITY', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc'],
    ['ACCOUNT', 'AKIAIOSFODNN7EXAMPLE'],
    ['BOT', 'xoxb-123456789012-abcdef'],
  ])('hides the value of %s', (name, value) => {
    expect(env(name, value)).toEqual(shown(name, '‹secret›'));
  });

  it.each([
    [
      'DATABASE_URL',
      'postgres://app:hunter22@db:5432/app',
      'postgres://‹secret›@db:5432/app',
    ],
    ['LEVEL', 'debug', 'debug'],
    ['AUTHOR', 'ada', 'ada'],
    ['HEADER', 'Bearer abc123def', 'Bearer ‹secret›'],
  ])('of %s keeps what is none', (name, value, kept) => {
    expect(env(name, value)).toEqual(shown(name, kept));
  });

  it('hides what a flag of the command calls secret', () => {
    expect(
      redactTemplate({
        args: ['--db-password', 'hunter2', '--token=abc', '--port=80'],
      }),
    ).toEqual({
      args: ['--db-password', '‹secret›', '--token=‹secret›', '--port=80'],
    });
  });

  it('drops what differs in every version', () => {
    expect(
      redactTemplate({
        metadata: {
          creationTimestamp: null,
          labels: { app: 'a', 'rollouts-pod-template-hash': '1' },
        },
      }),
    ).toEqual({ metadata: { labels: { app: 'a' } } });
  });
});
