import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments, USAGE } from './arguments';

describe('the command line of the delivery controller', () => {
  it('is read', () => {
    expect(
      parseArguments(
        [
          '--kubeconfig=k',
          '--namespace',
          'demo',
          '--metrics-port',
          '0',
          '--allow-origin',
          'http://127.0.0.1:9090/ignored',
          '--allow-origin',
          'https://prometheus',
        ],
        {},
      ),
    ).toMatchObject({
      kubeconfig: 'k',
      namespace: 'demo',
      metricsPort: 0,
      allowedOrigins: ['http://127.0.0.1:9090', 'https://prometheus'],
      leaderElect: true,
    });
  });

  it('takes the kubeconfig from the environment when none is given', () => {
    expect(parseArguments([], { KUBECONFIG: 'k' }).kubeconfig).toBe('k');
  });

  it('takes over what tells Argo Rollouts where metrics and Jobs are', () => {
    const environment = {
      ARGO_ROLLOUTS_PROMETHEUS_ADDRESS: 'http://prometheus:9090/of/us',
      ARGO_ROLLOUTS_ANALYSIS_JOB_NAMESPACE: 'jobs',
      ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG: '/etc/other',
    };

    expect(parseArguments([], environment)).toMatchObject({
      prometheusAddress: 'http://prometheus:9090/of/us',
      allowedOrigins: ['http://prometheus:9090'],
      jobNamespace: 'jobs',
      jobKubeconfig: '/etc/other',
    });
    expect(
      parseArguments(
        ['--prometheus-address=http://own', '--job-namespace=own'],
        environment,
      ),
    ).toMatchObject({
      prometheusAddress: 'http://own',
      allowedOrigins: ['http://own'],
      jobNamespace: 'own',
    });
  });

  it('is all in the documentation', () => {
    const file = join(__dirname, '../../../../docs/delivery-controller.md');
    const documented = readFileSync(file, 'utf8');
    const flags = USAGE.match(/--[a-z-]+/g) ?? [];

    expect(flags.length).toBeGreaterThan(15);
    expect(flags.filter(flag => !documented.includes(flag))).toEqual([]);
  });

  it.each([
    [['--metrics-port', '70000'], '--metrics-port must be a number'],
    [['--allow-origin', 'file:///x'], '--allow-origin must be an http'],
    [
      ['--prometheus-address', 'prometheus:9090'],
      '--prometheus-address must be an http',
    ],
    [['--lease', 'theirs'], '--lease must be own or argo, not "theirs"'],
    [['--log-format', 'xml'], '--log-format must be text or json'],
    [['--lease', 'argo', '--stand-aside'], 'give one of them'],
    [['--nope'], "Unknown option '--nope'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('%j is refused with what to write', (argv, message) => {
    expect(() => parseArguments(argv, {})).toThrow(message);
  });
});
