import { parseOptions } from './parseOptions';

describe('parseOptions', () => {
  it('starts the demo on port 7007 when nothing is asked for', () => {
    expect(parseOptions([])).toEqual({
      kind: 'start',
      options: { port: 7007, demo: true, reset: false, dev: false },
    });
  });

  it('takes a real cluster', () => {
    expect(
      parseOptions(['--kubeconfig', 'k.yaml', '--context=prod', '--no-demo']),
    ).toMatchObject({
      options: { kubeconfig: 'k.yaml', context: 'prod', demo: false },
    });
  });

  it('answers --help before it looks at anything else', () => {
    expect(parseOptions(['--port', 'x', '--help'])).toEqual({ kind: 'help' });
  });

  it.each([
    [['--port', 'web'], '--port takes a number from 0 to 65535, not "web"'],
    [['--port', '70000'], '--port takes a number from 0 to 65535'],
    [['--context', 'prod'], '--context chooses a context of --kubeconfig FILE'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['now'], "Unexpected argument 'now'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
