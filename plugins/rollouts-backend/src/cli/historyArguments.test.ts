import { parseHistoryArguments } from './historyArguments';

describe('the arguments of yarn history', () => {
  it('takes several configurations and a checkpoint', () => {
    expect(
      parseHistoryArguments([
        'verify',
        '--config',
        'a.yaml',
        '--config',
        'b.yaml',
        '--checkpoint',
        'c.json',
        '--json',
      ]),
    ).toEqual({
      help: false,
      configs: ['a.yaml', 'b.yaml'],
      checkpoint: 'c.json',
      writeCheckpoint: undefined,
      json: true,
    });
  });

  it.each([[[]], [['--help']], [['verify', '-h']]])(
    'explains itself when called with %j',
    args => {
      expect(parseHistoryArguments(args)).toEqual({ help: true });
    },
  );

  it.each([
    [['--json'], 'a command is missing'],
    [['prove'], '"prove" is no command'],
    [['verify', 'all'], '"verify all" is no command'],
    [['verify', '--colour'], '--colour'],
    [['verify', '--checkpoint'], '--checkpoint'],
  ])('refuses %j', (args, message) => {
    expect(() => parseHistoryArguments(args)).toThrow(message);
  });
});
