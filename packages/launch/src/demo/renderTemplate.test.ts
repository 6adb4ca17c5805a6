import { renderTemplate } from './renderTemplate';

describe('renderTemplate', () => {
  it('fills its own placeholders and leaves those of analysis arguments', () => {
    expect(
      renderTemplate('${prometheus}?q={{args.service}}', {
        prometheus: 'http://127.0.0.1:9',
      }),
    ).toBe('http://127.0.0.1:9?q={{args.service}}');
  });

  it('names a placeholder that nobody fills', () => {
    expect(() => renderTemplate('${gatewya}', { gateway: 'x' })).toThrow(
      'There is no value for ${gatewya}; known are gateway',
    );
  });
});
