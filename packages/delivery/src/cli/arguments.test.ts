import { parseArguments } from './arguments';

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

  it.each([
    [['--metrics-port', '70000'], '--metrics-port must be a number'],
    [['--allow-origin', 'file:///x'], '--allow-origin must be an http'],
    [['--nope'], "Unknown option '--nope'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('%j is refused with what to write', (argv, message) => {
    expect(() => parseArguments(argv, {})).toThrow(message);
  });
});
