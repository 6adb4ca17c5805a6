import { parseRolloutsArguments } from './rolloutsArguments';

describe('the command line of rollouts', () => {
  it('is read', () => {
    expect(
      parseRolloutsArguments([
        'simulate',
        'a.yaml',
        '-',
        '--output=json',
        '--metric',
        'success-rate=0.99,0.7@60s',
        '--promote-after',
        '30s',
        '--at-step-fail',
        '3',
        '--pod-start=2s',
        '--failing-pods=2',
        '--scale=8@2m',
      ]),
    ).toEqual({
      command: 'simulate',
      files: ['a.yaml', '-'],
      output: 'json',
      assumptions: {
        metrics: {
          'success-rate': [
            { from: 0, is: { value: 0.99 } },
            { from: 60_000, is: { value: 0.7 } },
          ],
        },
        promoteAfter: 30_000,
        failAtStep: 3,
        podStart: 2_000,
        failingPods: 2,
        scale: [{ at: 120_000, replicas: 8 }],
      },
    });
  });

  it.each([[[]], [['--help']], [['simulate', '-h']]])(
    '%j asks for help',
    argv => {
      expect(parseRolloutsArguments(argv)).toEqual({ command: 'help' });
    },
  );

  it.each([
    [['simulate'], 'simulate needs a FILE'],
    [['deploy', 'x'], 'there is no command "deploy"'],
    [['simulate', 'x', '--output', 'png'], '--output must be text, json, svg'],
    [['lint', 'x', '--output', 'svg'], '--output must be text, json'],
    [['lint', 'x', '--replicas', '2'], 'lint has no option --replicas'],
    [
      ['simulate', 'x', '--at-step-fail', '0'],
      '--at-step-fail: "0" is no whole number from 1 on',
    ],
    [['simulate', 'x', '--scale', '3'], '--scale: "3" is not N@TIME'],
    [['simulate', 'x', '--nope'], "Unknown option '--nope'"],
  ])('%j is refused with what to write', (argv, message) => {
    expect(() => parseRolloutsArguments(argv)).toThrow(message);
  });
});
