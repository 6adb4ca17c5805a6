import { createConsoleLogger } from './consoleLogger';

function logged(format: 'text' | 'json', verbose = false): string[] {
  const lines: string[] = [];
  const logger = createConsoleLogger({
    write: line => lines.push(line),
    now: () => new Date(Date.UTC(2026, 0, 1)),
    verbose,
    format,
  });
  logger.debug('nothing to do');
  logger.info('scaled colors-abc from 1 to 2: weight 40 of 5', {
    namespace: 'demo',
    rollout: 'colors',
    message: 'hidden',
  });
  return lines;
}

describe('the log of the command', () => {
  it('names the object and the reason on one line', () => {
    expect(logged('text')).toEqual([
      '2026-01-01T00:00:00.000Z info scaled colors-abc from 1 to 2: weight 40 of 5 namespace=demo rollout=colors message=hidden\n',
    ]);
  });

  it('is an object a line, whose own fields nothing can hide', () => {
    expect(logged('json').map(line => JSON.parse(line))).toEqual([
      {
        time: '2026-01-01T00:00:00.000Z',
        level: 'info',
        message: 'scaled colors-abc from 1 to 2: weight 40 of 5',
        namespace: 'demo',
        rollout: 'colors',
      },
    ]);
  });

  it('says why nothing was done only when asked to', () => {
    expect(logged('text', true)[0]).toContain('debug nothing to do');
  });
});
